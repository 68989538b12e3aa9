import { setTimeout as sleep } from 'node:timers/promises';
import type { EgressError } from './errors.js';

const BLOCKED_TARGET_MS = 300;

/**
 * Refusals of an address take the same time, whether a literal was typed or a name led there: the clock tells a
 * visitor nothing about our network.
 *
 * @param startedAt on the clock of `performance.now()`
 */
export async function levelRefusal(error: EgressError, startedAt: number): Promise<void> {
  if (error.type !== 'blocked_address') return;
  await sleep(Math.max(0, BLOCKED_TARGET_MS - (performance.now() - startedAt)));
}
