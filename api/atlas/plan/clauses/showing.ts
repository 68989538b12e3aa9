import type { Frame } from '../frame.js';
import { onlyAsks } from './asks.js';
import { joins, parts } from './rule.js';

/** "download the results, as csv" */
export const sameFile = joins(
  (last, next) => asksForFile(last) && asksForFile(next) && last.exports.length + next.exports.length === 1,
);

/** "the failed prompts, and the results as csv", "how did it go, and which was slowest?" */
export const fileApart = parts(
  (last, next) =>
    (asksForFile(last) !== asksForFile(next) || last.has.has('summary') !== next.has.has('summary')) &&
    !onlyAsks(last) &&
    !onlyAsks(next),
);

/** "a histogram, of latency", "mean latency by category, as a bar chart" */
export const chartOf = joins(
  (last, next) => (onlyChart(last) && next.metrics.length > 0) || (onlyChart(next) && last.metrics.length > 0),
);

/** "any outliers, anything that looks off?" */
export const outliersAgain = joins((last, next) => last.has.has('outliers') && next.has.has('outliers'));

export const asksForFile = (frame: Frame) =>
  frame.has.has('export') || frame.has.has('download') || frame.has.has('raw');
const onlyChart = (frame: Frame) => frame.has.has('chart') && frame.metrics.length === 0;
