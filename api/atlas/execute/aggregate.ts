import type { Metric, Unit, Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import { ascending, iqr, mean, quantile, range, stddev, sum } from '../../results/statistics.js';
import type { Aggregate } from '../plan.js';

const UNIT_OF: Record<Metric, Unit> = {
  latencyMs: 'ms',
  firstTokenMs: 'ms',
  inputTokens: 'tokens',
  outputTokens: 'tokens',
  totalTokens: 'tokens',
  tokensPerSecond: 'tokens/s',
  characters: 'characters',
  words: 'words',
  attempts: 'count',
};
export const unitOf = (metric: Metric): Unit => UNIT_OF[metric];

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

export function measured(rows: readonly Row[], metric: Metric, how: Aggregate, group: Value['group'] = null): Value {
  return { metric, aggregate: how, value: aggregate(metricValues(rows, metric), how), unit: unitOf(metric), group };
}

export const count = (value: number, group: Value['group'] = null): Value => ({
  metric: null,
  aggregate: 'count',
  value,
  unit: 'count',
  group,
});

/** In percent; null of nothing. */
export const share = (part: number, whole: number, group: Value['group'] = null): Value => ({
  metric: null,
  aggregate: 'share',
  value: whole === 0 ? null : (100 * part) / whole,
  unit: 'percent',
  group,
});
