import { EgressError } from './errors.js';

const WINDOW_MS = 60_000;

/**
 * Counts the calls to each host in a window of a minute, over all visitors of this process, so that the demo cannot be
 * turned into a load generator. One window for all hosts keeps the memory bounded: it is emptied when it ends.
 */
export function createTargetLimit(callsPerMinute: number, now: () => number = () => performance.now()) {
  const calls = new Map<string, number>();
  let windowStart = now();

  return {
    /** Throws `target_limit` where this host has had its calls. */
    take(host: string): void {
      if (now() - windowStart >= WINDOW_MS) {
        windowStart = now();
        calls.clear();
      }
      const made = calls.get(host) ?? 0;
      if (made >= callsPerMinute) throw new EgressError('target_limit');
      calls.set(host, made + 1);
    },
  };
}
export type TargetLimit = ReturnType<typeof createTargetLimit>;
