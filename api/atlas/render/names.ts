import type { Metric, Value } from '../../contract/answer.js';
import type { Dimension } from '../plan.js';

export const METRIC_NAMES: Record<Metric, string> = {
  latencyMs: 'latency',
  firstTokenMs: 'time to first token',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
  totalTokens: 'total tokens',
  tokensPerSecond: 'tokens per second',
  characters: 'characters',
  words: 'words',
  attempts: 'attempts',
};

const AGGREGATE_NAMES: Record<string, string> = {
  count: 'count',
  sum: 'total',
  mean: 'mean',
  median: 'median',
  min: 'minimum',
  max: 'maximum',
  range: 'range',
  stddev: 'standard deviation',
  iqr: 'interquartile range',
  share: 'share',
};
export const aggregateName = (aggregate: string) => AGGREGATE_NAMES[aggregate] ?? aggregate;

/** "mean latency"; a total of total tokens is "total tokens". */
export function measureName(aggregate: string, metric: Metric | null): string {
  if (metric === null) return aggregateName(aggregate);
  const doubled = aggregate === 'sum' && metric === 'totalTokens';
  return doubled ? METRIC_NAMES[metric] : `${aggregateName(aggregate)} ${METRIC_NAMES[metric]}`;
}

export const DIMENSION_NAMES: Record<Dimension, string> = {
  category: 'category',
  status: 'status',
  'error.type': 'error type',
  finishReason: 'finish reason',
};
export const DIMENSION_PLURALS: Record<Dimension, string> = {
  category: 'categories',
  status: 'statuses',
  'error.type': 'error types',
  finishReason: 'finish reasons',
};

const formatOf = (decimals: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits: decimals });
/** Making one takes far longer than what it is made for. */
const FORMATS = { 0: formatOf(0), 1: formatOf(1), 2: formatOf(2) };
const number = (value: number, decimals: keyof typeof FORMATS) => FORMATS[decimals].format(value);

/** A duration as people read it: 480 ms, 1.84 s. */
export function duration(ms: number): string {
  return Math.abs(ms) >= 1000 ? `${number(ms / 1000, 2)} s` : `${number(ms, ms < 10 ? 2 : 0)} ms`;
}

/** A figure with its unit. */
export function figure({ value, unit, metric }: Pick<Value, 'value' | 'unit' | 'metric'>): string {
  if (value === null) return 'not known';
  if (unit === 'ms') return duration(value);
  if (unit === 'percent') return `${number(value, 1)} %`;
  if (unit === 'tokens/s') return `${number(value, 1)} tokens/s`;
  if (unit === 'count') return number(value, 2) + (metric === 'attempts' ? ` attempt${value === 1 ? '' : 's'}` : '');
  return `${number(value, 1)} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${number(count, 0)} ${count === 1 ? one : many}`;

/** "a", "a and b", "a, b and c" */
export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Text of a prompt or a category stands in an answer as itself, never as Markdown. */
export const escaped = (text: string) => text.replace(/[\\`*_[\]<>|~#]/g, (character) => `\\${character}`);
