import type { Run } from '../../api/contract/row.js';

const MILESTONES = [75, 50, 25];

const percentDone = (run: Run): number => (run.total === 0 ? 0 : (run.results.length / run.total) * 100);

/** The quarter that was passed between two moments of a run, in percent; null where none was. The end is not one. */
export function milestoneBetween(before: Run, now: Run): number | null {
  return MILESTONES.find((percent) => percentDone(before) < percent && percentDone(now) >= percent) ?? null;
}
