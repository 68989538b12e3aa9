import type { Condition, Measure } from '../../plan.js';
import type { Item } from '../../tags.js';
import type { Frame } from '../frame.js';
import type { Draft } from './draft.js';
import { groupAggregate, resolveMetric } from './metrics.js';
import { orderingOf, speaksOfTime } from './orders.js';

/** "by category", "which category …": a figure, a count or a share for each group, or the group that leads. */
export function readGrouped(frame: Frame): Draft | null {
  const asked = frame.dimensions.find((dimension) => dimension.by === 'category') ?? frame.dimensions[0];
  const by = frame.by[0] ?? asked?.by;
  if (by === undefined || frame.by.length > 1) return null;
  const picks = frame.by.length === 0;
  const uses: Draft['uses'] = [
    'versus',
    'prompts',
    'dimension',
    'by',
    'metric',
    'aggregate',
    'order',
    'compare',
    'filter',
    'ordinal',
    'relation',
  ];
  const rank = frame.ordinals[0] ?? null;
  if (frame.quantities.length > 0 || (frame.prompts.length > 0 && frame.metrics.length > 0)) return null;
  if (frame.asks.includes('share') || frame.has.has('relation'))
    return frame.has.has('relation') ? null : groupedShare(frame, by, rank, uses);
  if (frame.by.length === 0 && (ranksOnePrompt(frame) || namesOneGroup(frame))) return null;
  const ordering = groupOrdering(frame);
  if (ordering === undefined) return null;
  const ends = endOfEach(frame);
  const pick = ordering === null || ends ? pickOfExtreme(frame) : ordering.direction === 'desc' ? 'max' : 'min';
  const timed = frame.asks.includes('howLong') || (frame.has.has('waiting') && frame.aggregates.length > 0);
  const takesTime = timed ? 'latencyMs' : null;
  const name = ordering?.metric ?? frame.metrics[0] ?? takesTime;
  if (name === null && frame.has.has('versus')) return null;
  if (name === null) {
    const single =
      picks &&
      asked?.plural !== true &&
      frame.has.has('filter') &&
      (frame.asks.includes('which') || frame.asks.includes('where'));
    const states = by !== 'category' && !frame.has.has('filter') && frame.prompts.length === 0;
    const where: Condition[] | undefined =
      states && by === 'error.type'
        ? [{ field: 'failed', op: '=', value: true }]
        : states && by === 'finishReason'
          ? [{ field: 'status', op: '=', value: 'ok' }]
          : undefined;
    if (frame.aggregates.length > 0 && !frame.aggregates.every((aggregate) => aggregate === 'sum')) return null;
    return {
      goal: { goal: 'groupedCount', by, pick: pick ?? (single ? 'max' : null), rank },
      uses,
      ...(where ? { where } : {}),
    };
  }
  if (frame.metrics.length > 2) return null;
  const resolved = resolveMetric(name, frame);
  if (resolved === null) return null;
  const end = ends && ordering !== null ? [ordering.direction === 'desc' ? 'max' : 'min'] : null;
  const aggregates = end ?? (frame.aggregates.length > 0 ? frame.aggregates : [groupAggregate(resolved.metric, frame)]);
  const more = frame.metrics
    .slice(1)
    .map((metric) => resolveMetric(metric, frame)?.metric)
    .filter((metric) => metric !== undefined);
  const measures: Measure[] = [
    resolved.metric,
    ...(pick === null ? more.filter((metric) => metric !== resolved.metric) : []),
  ].flatMap((metric) => aggregates.map((aggregate) => ({ metric, aggregate })));
  return { goal: { goal: 'grouped', by, measures, pick, rank }, uses, assumptions: [resolved.assumption] };
}

/** "the category of the slowest prompt": a prompt is ranked, not the categories. */
function ranksOnePrompt(frame: Frame): boolean {
  return frame.items.some(({ tag }, at) => {
    const next = frame.items[at + 1]?.tag;
    return tag.kind === 'order' && next?.kind === 'entity' && next.entity !== 'run' && !next.plural;
  });
}

/** "which category has the max latency": the one that has it. */
function pickOfExtreme(frame: Frame): 'max' | 'min' | null {
  const [extreme, ...more] = frame.aggregates;
  const asked = frame.asks.includes('which') && frame.by.length === 0 && frame.orders.length === 0;
  if (!asked || more.length > 0) return null;
  return extreme === 'max' || extreme === 'min' ? extreme : null;
}

/** "I need one bucket": one of them, and nobody has said which. */
const namesOneGroup = (frame: Frame) =>
  frame.items.some(({ tag }, at) => {
    const next = frame.items[at + 1]?.tag;
    return tag.kind === 'entity' && tag.entity === 'one' && !tag.plural && next?.kind === 'dimension' && !next.plural;
  });

/** "the slowest prompt of each category", "worst latency per category": every group's own extreme. */
const endOfEach = (frame: Frame) =>
  frame.by.length > 0 && frame.aggregates.length === 0 && (namesEnd(frame) || ranksPromptsInEach(frame));

const ranksPromptsInEach = (frame: Frame) =>
  frame.orders.some((order) => order.metric !== null && !order.all) &&
  (frame.orders.some((order) => order.metric === 'length') ||
    frame.entities.some(({ entity, plural }) => entity !== 'run' && !plural));

/** "for every category the longest latency": an end of the metric; "most of the tokens" is a sum. */
const namesEnd = (frame: Frame) =>
  frame.items.some(({ tag, words }, at) => {
    if (tag.kind !== 'order' || tag.all || tag.weak || (tag.one && /^(the )?most$/.test(words))) return false;
    const next = frame.items[at + 1];
    const measured = tag.metric !== null || frame.metrics.length > 0 || speaksOfTime(frame);
    if (measured && next !== undefined && isEach(next)) return true;
    if (frame.asks.some((ask) => ask === 'which' || ask === 'where')) return false;
    const timed = OF_TIME.test(words) || next?.tag.kind === 'waiting';
    return next?.tag.kind === 'metric' || (measured && (timed || frame.items.some(isEach)));
  });

const OF_TIME = /(latency|latencies|times?|wait|delay|duration|token)$/;

/** "in each", "per": not "by", which may as well name what is ranked ("slowest by category"). */
const isEach = ({ tag, words }: Item) =>
  (tag.kind === 'by' || (tag.kind === 'dimension' && tag.each === true)) && /\b(each|every|per|all|any)\b/.test(words);

function groupedShare(
  frame: Frame,
  by: NonNullable<Frame['by'][0]>,
  rank: number | null,
  uses: Draft['uses'],
): Draft | null {
  if (frame.metrics.length > 0 || frame.aggregates.length > 0 || !frame.has.has('filter')) return null;
  const order = frame.orders[0] ?? frame.compares[0];
  const down = order !== undefined && ('direction' in order ? order.direction === 'asc' : order.op === '<');
  return { goal: { goal: 'groupedShare', by, pick: order === undefined ? null : down ? 'min' : 'max', rank }, uses };
}

/** What decides between the groups: a superlative, or a comparative ("which category is faster?"). */
function groupOrdering(
  frame: Frame,
): { metric: Frame['metrics'][0] | null; direction: 'asc' | 'desc' } | null | undefined {
  if (frame.orders.length > 0) {
    const longest = frame.orders.find((order) => order.metric === 'longest');
    if (longest && frame.metrics.length === 0 && !frame.has.has('waiting'))
      return { metric: 'length', direction: longest.direction === 'asc' ? 'asc' : 'desc' };
    const ordering = orderingOf(frame);
    if (ordering === null) return undefined;
    return ordering.metric === null
      ? ordering
      : { metric: frame.metrics[0] ?? ordering.metric, direction: ordering.direction };
  }
  const compare = frame.compares[0];
  if (compare === undefined) return null;
  return {
    metric: frame.metrics[0] ?? compare.metric ?? null,
    direction: compare.op === '<' || compare.op === '<=' ? 'asc' : 'desc',
  };
}
