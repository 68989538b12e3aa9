import type { Condition, Conversation, Query } from '../../plan.js';
import type { Frame } from '../frame.js';
import { answersAsks } from '../goals/draft.js';
import { overAll, takenIn } from '../refine/inclusions.js';
import { countsBoth } from './follow-counts.js';
import { asChart, otherGrouping } from './follow-grouping.js';
import { bothTogether, countedInEach, ofOneGroup, otherGroup, otherPopulation } from './follow-groups.js';
import { otherThreshold } from './follow-limits.js';
import { otherMeasure, otherPercentile } from './follow-measures.js';
import { otherOrder } from './follow-orders.js';
import { theRest } from './follow-rest.js';
import {
  amongCategories,
  amongSeen,
  asksAgain,
  betweenSeen,
  comparedWith,
  comparedWithOthers,
  howFarApart,
  narrowedQuestion,
  otherConditions,
  otherLimit,
  otherPrompt,
  otherSide,
  pickedOne,
} from './follow-rows.js';
import { comparedOtherwise, reversed, stepped } from './follow-steps.js';
import { searchedElsewhere } from './follow-text.js';
import { ownerOfExtreme } from './owner.js';
import { onSameClock } from './pointing.js';
import type { Reader } from './turn.js';

/** A question that leans on the one before: what it changes, over what it keeps. Null where it stands alone. */
export function followUp(frame: Frame, own: Condition[], leads: boolean, before: Conversation): Query | null {
  const previous = before.query;
  if (previous === null) return null;
  for (const reader of READERS) {
    const query = reader({ frame, own: onSameClock(own, frame, previous), leads, before, previous });
    if (query && answersAsks(query, frame)) return query;
  }
  return null;
}

const READERS: readonly Reader[] = [
  ownerOfExtreme,
  countedInEach,
  theRest,
  stepped,
  reversed,
  comparedOtherwise,
  otherLimit,
  pickedOne,
  betweenSeen,
  otherThreshold,
  otherPrompt,
  amongCategories,
  howFarApart,
  amongSeen,
  comparedWith,
  comparedWithOthers,
  otherGroup,
  ofOneGroup,
  bothTogether,
  countsBoth,
  searchedElsewhere,
  otherPercentile,
  asksAgain,
  otherSide,
  takenIn,
  overAll,
  otherPopulation,
  otherConditions,
  otherMeasure,
  otherOrder,
  otherGrouping,
  asChart,
  narrowedQuestion,
];
