import type { Condition, Query } from '../../plan.js';
import type { Frame } from '../frame.js';
import { accountsForAll, toQuery } from './draft.js';
import { GOAL_READERS } from './goals.js';

/** A clause that leans on nothing before it; null where no reading accounts for all of it. */
export function readAlone(frame: Frame, where: Condition[]): Query | null {
  for (const reader of GOAL_READERS) {
    const draft = reader(frame, where);
    if (draft && accountsForAll(draft, frame)) return toQuery(draft, where);
  }
  return null;
}
