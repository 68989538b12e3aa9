import { hasGoal, realAsk, tellsOnly } from '../content.js';
import type { Frame } from '../frame.js';
import { joins, parts } from './rule.js';

/** "which failed, and how many?" goes on asking of the same. */
export const asksOn = joins(
  (last, next) => onlyAsks(next) && (!counts(last) || next.asks.every((ask) => ask === 'count' || ask === 'show')),
);

/** "the count of failed requests, and a list of them" */
export const countsApart = parts((last, next) => counts(last) && onlyAsks(next));

/** "I need: how many failed?" */
export const asksFirst = joins((last, next) => onlyAsks(last) && (!realAsk(last) || !realAsk(next)));

/** "where the answer was cut off, which category was that?" */
export const asksOfThat = joins(
  (_, next) => next.references.length > 0 && tellsOnly(next, 'ask', 'dimension', 'reference'),
);

/** "list the refusals, and separately the empty answers" */
export const alsoApart = parts((_, next) => !hasGoal(next) && next.cues.includes('also') && next.narrowings.length > 0);

/** "the slowest prompt, and show me the failed ones" */
export const listApart = parts(
  (last, next) => !hasGoal(next) && listsRows(next) && (hasGoal(last) || last.narrowings.length > 0),
);

/** "mean latency and prompt 5" */
export const lookUpApart = parts(
  (last, next, joint) =>
    joint === 'and' && !hasGoal(next) && hasGoal(last) && next.prompts.length > 0 && last.prompts.length === 0,
);

/** "how many failed, in hr?", "mean latency and output tokens" */
export const goesOn = joins((_, next) => !hasGoal(next));

/** "how long the responses took, and how many prompts failed" */
export const countApart = parts(
  (last, next) => !hasGoal(last) && last.metrics.length > 0 && counts(next) && next.narrowings.length > 0,
);

/** "the hr prompts, how many failed?" */
export const saysOf = joins((last, next) => !hasGoal(last) && (!last.asks.includes('list') || !realAsk(next)));

/** Nothing but a question word. */
export const onlyAsks = (frame: Frame) => tellsOnly(frame, 'ask', 'reference');
const counts = (frame: Frame) => frame.asks.includes('count') || frame.asks.includes('share');
const listsRows = (frame: Frame) =>
  frame.asks.some((ask) => ask === 'list' || ask === 'show' || ask === 'exists') &&
  frame.narrowings.length + frame.prompts.length > 0;
