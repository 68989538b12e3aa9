import type { Metric } from '../contract/answer.js';
import type { ErrorType } from '../contract/errors.js';
import type { Row, RowStatus } from '../contract/row.js';
import { ascending, mean, quantile, stddev, sum } from './statistics.js';

/** One metric over the rows that have it; every figure is null where none has. Percentiles as METRICS define them. */
export interface MetricSummary {
  /** Rows that have the metric. */
  n: number;
  sum: number | null;
  mean: number | null;
  stddev: number | null;
  min: number | null;
  p25: number | null;
  median: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
}

const SUMMARISED_METRICS = [
  'latencyMs',
  'firstTokenMs',
  'tokensPerSecond',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'characters',
  'words',
] as const satisfies readonly Metric[];
export type SummarisedMetric = (typeof SUMMARISED_METRICS)[number];

export const FLAGS = [
  'truncated',
  'incomplete',
  'asksFollowUp',
  'refusal',
  'empty',
] as const satisfies readonly (keyof Row)[];
export type Flag = (typeof FLAGS)[number];

interface CategorySummary {
  /** null: the prompts without a category. */
  category: string | null;
  total: number;
  ok: number;
  failed: number;
  latencyMs: MetricSummary;
  outputTokens: MetricSummary;
}

interface ErrorSummary {
  type: ErrorType;
  /** The prompts it met, in their order. */
  numbers: number[];
}

export interface RunSummary {
  total: number;
  counts: Record<RowStatus, number>;
  /** Status error or timeout. */
  failed: number;
  /** Percent of all rows whose status is ok; null without rows. */
  okShare: number | null;
  metrics: Record<SummarisedMetric, MetricSummary>;
  /** Prompt numbers of the rows that carry the flag. */
  flags: Record<Flag, number[]>;
  /** Most frequent first, of failed and cancelled rows alike. */
  errors: ErrorSummary[];
  /** In the order of their first prompt. */
  categories: CategorySummary[];
  /** All rows that share the greatest and the least latency. */
  slowest: number[];
  fastest: number[];
}

function isFailed(row: Row): boolean {
  return row.status === 'error' || row.status === 'timeout';
}

/** The figures a reader wants first, over the rows there are: complete or not. */
export function summarise(rows: readonly Row[]): RunSummary {
  const counts = countStatuses(rows);
  return {
    total: rows.length,
    counts,
    failed: counts.error + counts.timeout,
    okShare: rows.length === 0 ? null : (100 * counts.ok) / rows.length,
    metrics: summariseMetrics(rows),
    flags: Object.fromEntries(FLAGS.map((flag) => [flag, numbersOf(rows.filter((row) => row[flag]))])) as Record<
      Flag,
      number[]
    >,
    errors: summariseErrors(rows),
    categories: summariseCategories(rows),
    slowest: withLatency(rows, (latencies) => Math.max(...latencies)),
    fastest: withLatency(rows, (latencies) => Math.min(...latencies)),
  };
}

function summariseMetric(rows: readonly Row[], metric: Metric): MetricSummary {
  const values = ascending(valuesOf(rows, metric));
  return {
    n: values.length,
    sum: values.length === 0 ? null : sum(values),
    mean: mean(values),
    stddev: stddev(values),
    min: quantile(values, 0),
    p25: quantile(values, 0.25),
    median: quantile(values, 0.5),
    p75: quantile(values, 0.75),
    p90: quantile(values, 0.9),
    p95: quantile(values, 0.95),
    p99: quantile(values, 0.99),
    max: quantile(values, 1),
  };
}

/** The metric's values, of the rows that have it. */
function valuesOf(rows: readonly Row[], metric: Metric): number[] {
  return rows.map((row) => row[metric]).filter((value) => value !== null);
}

function summariseMetrics(rows: readonly Row[]): Record<SummarisedMetric, MetricSummary> {
  const entries = SUMMARISED_METRICS.map((metric) => [metric, summariseMetric(rows, metric)]);
  return Object.fromEntries(entries) as Record<SummarisedMetric, MetricSummary>;
}

function countStatuses(rows: readonly Row[]): Record<RowStatus, number> {
  const counts: Record<RowStatus, number> = { ok: 0, error: 0, timeout: 0, cancelled: 0 };
  for (const row of rows) counts[row.status] += 1;
  return counts;
}

function summariseErrors(rows: readonly Row[]): ErrorSummary[] {
  const withError = rows.filter((row) => row.error !== null);
  const groups = groupBy(withError, (row) => row.error!.type);
  return [...groups]
    .map(([type, members]) => ({ type, numbers: numbersOf(members) }))
    .sort((a, b) => b.numbers.length - a.numbers.length);
}

function summariseCategories(rows: readonly Row[]): CategorySummary[] {
  return [...groupBy(rows, (row) => row.category)].map(([category, members]) => ({
    category,
    total: members.length,
    ok: members.filter((row) => row.status === 'ok').length,
    failed: members.filter(isFailed).length,
    latencyMs: summariseMetric(members, 'latencyMs'),
    outputTokens: summariseMetric(members, 'outputTokens'),
  }));
}

function withLatency(rows: readonly Row[], pick: (latencies: number[]) => number): number[] {
  const latencies = valuesOf(rows, 'latencyMs');
  if (latencies.length === 0) return [];
  const wanted = pick(latencies);
  return numbersOf(rows.filter((row) => row.latencyMs === wanted));
}

function numbersOf(rows: readonly Row[]): number[] {
  return rows.map((row) => row.number);
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
