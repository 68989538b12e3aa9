import type { Metric } from '../../../contract/answer.js';
import type { Measure } from '../../plan.js';
import type { MetricName } from '../../tags.js';
import { fieldOf, sortOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { groupAggregate, moreIsBetter, resolveMetric } from './metrics.js';

/** What the sides of a comparison are held against each other by. */
export interface Measured {
  measure: Measure;
  prefer: 'max' | 'min' | null;
  assumption: 'length' | 'tokens' | null;
}

/** null: rows are counted; undefined: can't be told. */
/** "the slowest in travel versus the average in hr": a figure of its own for each side. */
export function ownFigures(frame: Frame): string[] | null {
  const figures = frame.items.flatMap(({ tag, words }): string[] => {
    if (tag.kind === 'order' && !tag.all && !tag.weak)
      return tag.direction === 'desc' ? ['max'] : tag.direction === 'asc' ? ['min'] : [];
    return tag.kind === 'aggregate' && !tag.weak && !/^(on|in|at|by|as) /.test(words) ? tag.aggregates : [];
  });
  const sides = frame.items.filter(
    ({ tag }) => tag.kind === 'filter' || tag.kind === 'order' || tag.kind === 'aggregate',
  );
  const kinds = sides.map(({ tag }) => (tag.kind === 'filter' ? 'side' : 'figure'));
  const paired = kinds.length === 4 && kinds[0] !== kinds[1] && kinds[2] !== kinds[3];
  return paired && figures.length === 2 && figures[0] !== figures[1] ? figures : null;
}

/** "slowest" and "average" in one comparison, where it is open which side has which. */
const mixesFigures = (frame: Frame) =>
  new Set(frame.orders.filter((order) => !order.all && !order.weak).map(({ direction }) => direction)).size > 1;

/** "tokens, input and output together": the open name is the one that is decided. */
function namedMetrics(frame: Frame): MetricName[] {
  const decided = frame.metrics.filter((metric) => metric !== 'tokens' && metric !== 'length');
  return decided.length > 0 ? decided : frame.metrics;
}

/** "the time difference between the two" */
const timeBetween = (frame: Frame) =>
  frame.has.has('relation') && frame.items.some(({ tag, words }) => tag.kind === 'waiting' && /^time/.test(words))
    ? 'latencyMs'
    : null;

/** "how many more failures in support than in travel": prompts are counted where nothing else is. */
const countsMore = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'relation' && /^how many (more|fewer|extra)$/.test(words)) &&
  !frame.has.has('usage') &&
  !frame.has.has('writing') &&
  !frame.has.has('waiting') &&
  (frame.entities.some(({ entity }) => entity === 'prompt') ||
    frame.narrowings.some(({ where }) => sortOf(where) === 'state'));

/** "the longer answer": what is longer is its text. */
const ofAnswers = (frame: Frame) =>
  frame.items.some(({ tag }, at) => {
    const next = frame.items[at + 1]?.tag;
    const longer = (tag.kind === 'compare' || tag.kind === 'order') && tag.metric === 'longest';
    return longer && next?.kind === 'entity' && next.entity === 'response';
  });

export function measureOf(frame: Frame): Measured | null | undefined {
  const compare = frame.compares[0] ?? null;
  const order = frame.orders[0] ?? null;
  const implied = compare?.metric ?? order?.metric ?? null;
  const takesTime = frame.asks.includes('howLong') ? 'latencyMs' : null;
  const slower = frame.items.some(
    ({ tag, words }) =>
      tag.kind === 'relation' && (/slow|fast|long|quick|\bms\b|second|time/.test(words) || frame.prompts.length > 0),
  )
    ? 'latencyMs'
    : null;
  const opposed = frame.has.has('versus') && frame.prompts.flat().length > 1 ? 'latencyMs' : null;
  const metrics = namedMetrics(frame);
  const ranked = frame.aggregates.some((each) => /^p\d/.test(each)) ? 'latencyMs' : null;
  const name = metrics[0] ?? implied ?? takesTime ?? slower ?? opposed ?? ranked ?? timeBetween(frame);
  const own = ownFigures(frame);
  if (metrics.length > 1 || (own === null && (frame.aggregates.length > 1 || mixesFigures(frame)))) return undefined;
  if (name === null) {
    if (frame.aggregates.some((each) => each !== 'sum')) return undefined;
    const counts =
      countsMore(frame) ||
      frame.asks.includes('count') ||
      compare?.than === true ||
      frame.has.has('each') ||
      (order !== null && order.metric === null);
    const lone =
      frame.aggregates.length === 0 &&
      frame.narrowings.every(({ where }) => fieldOf(where) !== 'category') &&
      frame.prompts.length === 0;
    return counts || (lone && (frame.has.has('versus') || frame.relations.includes('ratio'))) ? null : undefined;
  }
  const promptsOnly = frame.prompts.length > 0 || frame.quantities.length > 0;
  const resolved =
    name === 'longest' && promptsOnly && !frame.has.has('writing') && !ofAnswers(frame)
      ? { metric: 'latencyMs' as Metric, assumption: null }
      : resolveMetric(name, frame);
  if (resolved === null) return undefined;
  const ends = frame.orders.length > 1 ? [frame.orders[0]?.direction === 'asc' ? 'min' : 'max'] : [];
  const aggregate = frame.aggregates[0] ?? ends[0] ?? (promptsOnly ? 'mean' : groupAggregate(resolved.metric, frame));
  const assumption = resolved.assumption === 'length' || resolved.assumption === 'tokens' ? resolved.assumption : null;
  return { measure: { metric: resolved.metric, aggregate }, prefer: preference(frame, resolved.metric), assumption };
}

export function preference(frame: Frame, metric: Metric): 'max' | 'min' | null {
  const compare = frame.compares[0];
  const order = frame.orders[0];
  if (compare) {
    const speed = compare.metric === 'latencyMs' && metric === 'tokensPerSecond';
    const up = compare.op === '>' || compare.op === '>=';
    return up !== speed ? 'max' : 'min';
  }
  if (!order) return null;
  if (order.direction === 'best' || order.direction === 'worst')
    return (moreIsBetter(metric) === true) === (order.direction === 'best') ? 'max' : 'min';
  return order.direction === 'desc' ? 'max' : 'min';
}
