import type { Metric } from '../../../contract/answer.js';
import type { Aggregate } from '../../../results/aggregate.js';
import type { Assumption } from '../../plan.js';
import type { MetricName } from '../../tags.js';
import { type Frame, mentionsEntity } from '../frame.js';

export interface Resolved {
  metric: Metric;
  assumption: Assumption | null;
}

const decided = (metric: Metric): Resolved => ({ metric, assumption: null });

/** Decides what an open name stands for here; null where that can't be told. */
export function resolveMetric(name: MetricName, frame: Frame): Resolved | null {
  const prompts = mentionsEntity(frame, 'prompt') && !mentionsEntity(frame, 'response');
  switch (name) {
    case 'tokens':
      return { metric: tokensOf(frame), assumption: 'tokens' };
    case 'length':
      return { metric: 'outputTokens', assumption: 'length' };
    case 'text':
      return { metric: 'outputTokens', assumption: 'length' };
    case 'longest':
      if (frame.has.has('waiting') || frame.metrics.includes('latencyMs')) return decided('latencyMs');
      return prompts ? null : { metric: 'outputTokens', assumption: 'length' };
    case 'speed':
      return decided('tokensPerSecond');
    default:
      return decided(name);
  }
}

/** One response's tokens are what it wrote; a usage, a sum or a request's tokens are all of them. */
function tokensOf(frame: Frame): Metric {
  if (ranksPromptTexts(frame)) return 'inputTokens';
  if (frame.has.has('usage')) return 'totalTokens';
  if (frame.has.has('writing')) return 'outputTokens';
  if (mentionsEntity(frame, 'response')) return 'outputTokens';
  if (frame.orders.some((order) => order.metric === 'length')) return 'outputTokens';
  if (frame.compares.some((compare) => compare.metric === 'latencyMs')) return 'outputTokens';
  return 'totalTokens';
}

/** "the shortest prompts in tokens": what is long or short is the prompt. */
const ranksPromptTexts = (frame: Frame) =>
  !mentionsEntity(frame, 'response') &&
  frame.items.some(({ tag }, at) => {
    const next = frame.items[at + 1]?.tag;
    const long = tag.kind === 'order' && (tag.metric === 'longest' || tag.metric === 'length');
    return long && next?.kind === 'entity' && next.entity === 'prompt';
  });

/** What people want of a metric when they name no aggregate. */
export function defaultAggregates(metric: Metric, single: boolean): Aggregate[] {
  if (single) return ['mean'];
  if (metric === 'totalTokens' || metric === 'inputTokens' || metric === 'outputTokens')
    return ['sum', 'mean', 'median'];
  if (metric === 'attempts') return ['sum', 'mean'];
  return ['mean', 'median'];
}

/** What sums up over prompts: a group's tokens are added, its latency is averaged. */
export const groupAggregate = (metric: Metric, frame: Frame): Aggregate => {
  const adds =
    metric === 'totalTokens' ||
    goesThere(frame) ||
    metric === 'attempts' ||
    ((metric === 'inputTokens' || metric === 'outputTokens') &&
      (frame.has.has('usage') || frame.asks.includes('count')));
  return adds && !frame.perEntity ? 'sum' : 'mean';
};

/** "where does most of the time go": parts of a whole, which add up. */
const goesThere = (frame: Frame) =>
  frame.asks.includes('where') && frame.items.some(({ tag, words }) => tag.kind === 'order' && words === 'most');

/** Whether more is better; null where it is neither. */
export function moreIsBetter(metric: Metric): boolean | null {
  if (metric === 'latencyMs' || metric === 'firstTokenMs' || metric === 'attempts') return false;
  return metric === 'tokensPerSecond' ? true : null;
}
