import { existsSync, readFileSync } from 'node:fs';

const TICK_MS = 5;
const OWN_TIME = '/proc/thread-self/schedstat';

/**
 * In milliseconds: this thread's own time on the processor where the system tells it (Linux), so that what others on the
 * machine take is no stall of ours; elsewhere the time on the wall.
 */
export const ownTime = existsSync(OWN_TIME)
  ? () => Number(readFileSync(OWN_TIME, 'utf8').split(' ')[0]) / 1e6
  : () => performance.now();

/**
 * Tells how long this thread's event loop took for each of its turns.
 *
 * @param {(ms: number) => void} tell
 * @returns {() => void} stops it
 */
export function watchStalls(tell) {
  let before = ownTime();
  const timer = setInterval(() => {
    tell(ownTime() - before);
    before = ownTime();
  }, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
