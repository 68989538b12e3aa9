import { realAsk } from '../content.js';
import type { Frame } from '../frame.js';
import { addsUp } from './figures.js';
import { joins, parts } from './rule.js';

/** "mean latency, by category" */
export const groupsBehind = joins(
  (_, next) =>
    next.by.length > 0 && next.metrics.length + next.aggregates.length + next.orders.length === 0 && !realAsk(next),
);

/** "rank the categories slowest to fastest, mean latency": the figure that they are ranked by. */
export const rankedBy = joins(
  (last, next, joint) =>
    joint === 'comma' &&
    last.dimensions.length > 0 &&
    last.orders.length > 0 &&
    last.aggregates.length === 0 &&
    next.metrics.length + next.aggregates.length > 0 &&
    next.narrowings.length === 0 &&
    !realAsk(next),
);

/** "total tokens, and which prompt was slowest?", "the fastest category and the fastest prompt" */
export const promptApart = parts((last, next) => (addsUp(last) || leadsGroups(last)) && ranksPrompts(next));

const leadsGroups = (frame: Frame) => frame.dimensions.length > 0 && frame.orders.some(({ metric }) => metric !== null);
const ranksPrompts = (frame: Frame) =>
  frame.orders.some(({ metric }) => metric !== null) &&
  frame.entities.some(({ entity }) => entity === 'prompt' || entity === 'response');
