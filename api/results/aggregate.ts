import type { Metric } from '../contract/answer.js';
import type { Row } from '../contract/row.js';
import { ascending, iqr, mean, quantile, range, stddev, sum } from './statistics.js';

/** `mean`, `median`, … or `p` and a number from 0 to 100, as the contract names them. */
export type Aggregate = string;

/** The values there are: rows without the metric are left out. */
export const metricValues = (rows: readonly Row[], metric: Metric): number[] =>
  rows.map((row) => row[metric]).filter((value) => value !== null && value !== undefined);

/** Over the values there are; null where the figure is undefined. `p95` interpolates linearly between ranks. */
export function aggregate(values: readonly number[], how: Aggregate): number | null {
  const sorted = ascending(values);
  switch (how) {
    case 'sum':
      return sum(sorted);
    case 'mean':
      return mean(sorted);
    case 'median':
      return quantile(sorted, 0.5);
    case 'min':
      return quantile(sorted, 0);
    case 'max':
      return quantile(sorted, 1);
    case 'range':
      return range(sorted);
    case 'stddev':
      return stddev(sorted);
    case 'iqr':
      return iqr(sorted);
    default:
      return quantile(sorted, Number(how.slice(1)) / 100);
  }
}
