import { setTimeout as sleep } from 'node:timers/promises';
import type { EgressError } from './errors.js';

const BLOCKED_TARGET_MS = 300;

/**
 * Refusals of an address take the same time, whether a literal was typed or a name led there: the clock tells a
 * visitor nothing about our network. Returns the refusal when its time has come.
 *
 * @param startedAt on the clock of `performance.now()`
 */
export async function levelRefusal(refusal: EgressError, startedAt: number): Promise<EgressError> {
  if (refusal.type === 'blocked_address') await sleep(BLOCKED_TARGET_MS - (performance.now() - startedAt));
  return refusal;
}
