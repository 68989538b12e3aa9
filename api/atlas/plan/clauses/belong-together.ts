import type { Frame, Joint } from '../frame.js';
import {
  alsoApart,
  asksFirst,
  asksOfThat,
  asksOn,
  countApart,
  countsApart,
  goesOn,
  listApart,
  lookUpApart,
  saysOf,
} from './asks.js';
import { countsBeside, measuresBeside } from './beside.js';
import { completed, measuredTogether, saidFirst, summedApart, totalApart } from './figures.js';
import { groupsBehind, promptApart, rankedBy } from './groups.js';
import { bothEnds, orderNamed, sorted } from './orders.js';
import type { Rule } from './rule.js';
import { saysWhatToLeaveOut, setsScope } from './scope.js';
import { chartOf, fileApart, outliersAgain, sameFile } from './showing.js';
import { comparedBy, lacksSide, namesAnother, namesSides, sidesBehind } from './sides.js';

/** Whether the next piece goes on with the clause, or asks something new: as the first rule with an opinion says. */
export function belongTogether(last: Frame, next: Frame, joint: Joint): boolean {
  for (const rule of RULES) {
    const opinion = rule(last, next, joint);
    if (opinion !== null) return opinion;
  }
  return false;
}

const RULES: readonly Rule[] = [
  setsScope,
  saysWhatToLeaveOut,
  saidFirst,
  namesAnother,
  lacksSide,
  comparedBy,
  countsBeside,
  measuresBeside,
  measuredTogether,
  promptApart,
  totalApart,
  summedApart,
  sameFile,
  fileApart,
  asksOn,
  countsApart,
  asksFirst,
  asksOfThat,

  // The next piece has no goal of its own.
  alsoApart,
  listApart,
  lookUpApart,
  goesOn,

  // The last one has none.
  countApart,
  saysOf,

  // Both have one: they belong together where one completes the other.
  completed,
  rankedBy,
  groupsBehind,
  namesSides,
  sidesBehind,
  bothEnds,
  sorted,
  orderNamed,
  chartOf,
  outliersAgain,
];
