import { setTimeout as sleep } from 'node:timers/promises';
import type { EgressError } from './errors.js';

const STEP_MS = 300;

/**
 * Addresses that are refused and names that lead nowhere take the same time: a whole number of steps, one unless a
 * name server is slow. So the clock does not tell what refused an address: its text, or what its name leads to.
 * Returns the refusal when its time has come.
 *
 * @param startedAt on the clock of `performance.now()`
 */
export async function levelRefusal(refusal: EgressError, startedAt: number): Promise<EgressError> {
  if (refusal.type !== 'blocked_address' && refusal.type !== 'dns') return refusal;
  const elapsed = performance.now() - startedAt;
  await sleep(Math.ceil(elapsed / STEP_MS) * STEP_MS - elapsed);
  return refusal;
}
