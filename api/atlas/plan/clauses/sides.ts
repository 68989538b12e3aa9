import type { Item } from '../../tags.js';
import { sameCondition, sortOf } from '../conditions.js';
import { realAsk, tellsOnly } from '../content.js';
import type { Frame } from '../frame.js';
import { isMeasured } from './figures.js';
import { joins } from './rule.js';

/** "the difference between shipping and billing": the first waits for its other side. */
export const lacksSide = joins(
  (last, next, joint) =>
    joint === 'and' &&
    last.has.has('relation') &&
    sidesOf(last) === 1 &&
    last.metrics.length < 2 &&
    next.narrowings.length + next.prompts.length > 0,
);

/** "the answers of python or of recipes which took …": the clause behind the second name is about both. */
export const namesAnother = joins((last, next, joint) => {
  const [first, relative] = next.items;
  const named = last.items.findLast(({ tag }) => tag.kind !== 'entity');
  return joint === 'or' && isCategory(named) && isCategory(first) && relative?.tag.kind === 'ask';
});

/** "claims or compliance, taking the average latency of each": by what they are compared. */
export const comparedBy = joins(
  (last, next) =>
    sidesOf(last) > 1 &&
    tellsOnly(next, 'aggregate', 'metric') &&
    next.items.some(({ words }) => /\b(each|both)$/.test(words)),
);

/** "travel vs support, which took longer?" */
export const namesSides = joins(
  (last, next) =>
    last.has.has('versus') &&
    sidesOf(last) + last.metrics.length > 0 &&
    (!isMeasured(last) || comparesAgain(last, next)),
);

/** "travel vs support, median latency, how many times slower is travel?": no other side, and no other figure. */
const comparesAgain = (last: Frame, next: Frame) =>
  next.compares.length + next.orders.length + next.relations.length > 0 &&
  next.metrics.length + next.aggregates.length === 0 &&
  next.narrowings.every(({ where }) => last.narrowings.some((known) => sameCondition(known.where, where)));

/** "mean latency: truncated vs not truncated", "…, side by side" */
export const sidesBehind = joins((_, next) => next.has.has('versus') && next.metrics.length === 0 && !realAsk(next));

const sidesOf = (frame: Frame) => frame.narrowings.length + frame.prompts.flat().length;
const isCategory = (item: Item | undefined) => item?.tag.kind === 'filter' && sortOf(item.tag.where) === 'category';
