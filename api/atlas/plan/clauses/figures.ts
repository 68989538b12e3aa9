import { realAsk, tellsOnly } from '../content.js';
import type { Frame } from '../frame.js';
import { joins, parts } from './rule.js';

/** "on average, how long did they take?", "by category, the mean latency" */
export const saidFirst = joins(
  (last) => last.aggregates.length + last.by.length > 0 && tellsOnly(last, 'aggregate', 'dimension'),
);

/** "mean latency and tokens per category": both are told of each. */
export const measuredTogether = joins(
  (last, next, joint) =>
    joint === 'and' &&
    measures(last) &&
    last.by.length === 0 &&
    next.by.length > 0 &&
    next.metrics.length > 0 &&
    !realAsk(next),
);

/** "average latency, total tokens", "which one timed out, and the total tokens": a total is one of everything. */
export const totalApart = parts(
  (last, next) => (addsUp(next) && (isMeasured(last) || asksForAnswers(last))) || (addsUp(last) && isMeasured(next)),
);

/** "input tokens in total, mean latency": each figure has an aggregate of its own. */
export const summedApart = parts((last, next) => isSummed(last) !== isSummed(next) && measures(last) && measures(next));

/** "min, max and average latency": aggregates and metrics that complete each other. */
export const completed = joins(
  (last, next) =>
    (onlyAggregates(last) && (onlyAggregates(next) || isMeasured(next))) ||
    (isMeasured(last) && onlyAggregates(next) && next.narrowings.length === 0),
);

/** "total tokens" */
export const addsUp = (frame: Frame) =>
  frame.aggregates.length === 0 &&
  frame.orders.length === 0 &&
  frame.metrics.length === 1 &&
  !frame.has.has('chart') &&
  frame.items.some(
    ({ tag, words }) =>
      tag.kind === 'metric' && tag.metric === 'totalTokens' && /^(total|overall|tot|all)\b/.test(words),
  );

const asksForAnswers = (frame: Frame) =>
  (realAsk(frame) || frame.asks.includes('list')) && frame.narrowings.length > 0 && frame.metrics.length === 0;

const isSummed = (frame: Frame) => frame.weakAggregates.length > 0;
const measures = (frame: Frame) =>
  frame.metrics.length > 0 && frame.aggregates.length > 0 && frame.narrowings.length === 0;

const onlyAggregates = (frame: Frame) =>
  frame.aggregates.length > 0 && frame.metrics.length + frame.orders.length === 0 && !realAsk(frame);

/** Has the metric, and what is to be told of it. */
export const isMeasured = (frame: Frame) =>
  frame.metrics.length > 0 && (frame.aggregates.length > 0 || frame.has.has('relation') || frame.has.has('chart'));
