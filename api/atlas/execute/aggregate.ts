import type { Metric, Unit, Value } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';
import { type Aggregate, aggregate, metricValues } from '../../results/aggregate.js';

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
