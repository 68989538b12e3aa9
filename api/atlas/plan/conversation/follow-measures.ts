import type { Metric } from '../../../contract/answer.js';
import { METRICS } from '../../../contract/limits.js';
import type { Condition, Conversation, Dimension, Goal, Query } from '../../plan.js';
import { fieldOf } from '../conditions.js';
import { type Frame, isPlural } from '../frame.js';
import { defaultAggregates, groupAggregate, resolveMetric } from '../goals/metrics.js';
import { orderingOf } from '../goals/orders.js';
import { goalOf, keep, narrowed, saysOnly, type Turn } from './turn.js';

/** "and the p99?", "what about tokens?", "its output tokens". */
export function otherMeasure({ frame, own, leads, before, previous }: Turn): Query | null {
  if (
    !saysOnly(frame, 'aggregate', 'metric', 'filter', 'ask', 'compare') ||
    (frame.metrics.length === 0 && frame.aggregates.length === 0 && !namesOutput(frame, previous))
  )
    return null;
  const complete =
    frame.metrics.length > 0 && (frame.aggregates.length > 0 || own.length > 0 || frame.asks.includes('count'));
  const oneRow =
    before.rows.length === 1 &&
    ['rank', 'list', 'count', 'groupedCount'].includes(previous.goal) &&
    frame.aggregates.length === 0;
  const points = frame.references.length > 0;
  if (frame.compares.length > 0 && previous.goal !== 'compare') return null;
  if (saysHowMany(frame) && !('measures' in previous && previous.measures.length > 1)) return null;
  if (complete && !leads && !(points && oneRow) && !asksOfLookedUp(frame, own, before, previous)) return null;
  const names = frame.metrics.length > 1 ? frame.metrics.filter((metric) => metric !== 'tokens') : [...frame.metrics];
  if (namesOutput(frame, previous)) names.push('outputTokens');
  const metrics = names.map((name) => resolveMetric(name, frame)?.metric).filter((metric) => metric !== undefined);
  if (previous.goal === 'compare') return own.length > 0 ? null : sidesMeasured(frame, metrics[0], previous);
  const where =
    points && oneRow
      ? [{ field: 'number', op: 'in', value: before.rows } as Condition]
      : narrowed(previous.where, own, false);
  if (previous.goal === 'statistic' || previous.goal === 'grouped') {
    const old = previous.measures;
    const targets = metrics.length > 0 ? metrics : [...new Set(old.map((measure) => measure.metric))];
    const counted = frame.asks.includes('count') ? ['sum'] : null;
    const aggregates =
      frame.aggregates.length > 0
        ? frame.aggregates
        : (counted ?? [...new Set(old.map((measure) => measure.aggregate))]);
    const measures = targets.flatMap((metric) => aggregates.map((aggregate) => ({ metric, aggregate })));
    return keep({ ...goalOf(previous), measures } as Goal, previous, where, { assumptions: [] });
  }
  if (
    previous.goal === 'groupedCount' &&
    metrics.length > 0 &&
    own.some((condition) => namesGroup(condition, previous.by))
  )
    return statistic(frame, metrics, previous, where);
  if (previous.goal === 'groupedCount' && metrics.length > 0 && !points) {
    const measures = metrics.flatMap((metric) =>
      (frame.aggregates.length > 0 ? frame.aggregates : [groupAggregate(metric, frame)]).map((aggregate) => ({
        metric,
        aggregate,
      })),
    );
    return keep({ goal: 'grouped', by: previous.by, measures, pick: null, rank: null }, previous, where, {
      assumptions: [],
    });
  }
  if (previous.goal === 'histogram' || previous.goal === 'bars' || previous.goal === 'outliers') {
    const metric = metrics[0];
    if (frame.aggregates.length > 0) return statistic(frame, [metric ?? previous.metric], previous, where);
    return metric === undefined ? null : keep({ ...goalOf(previous), metric } as Goal, previous, where);
  }
  if (
    previous.goal === 'rank' &&
    !(points && oneRow) &&
    frame.aggregates.length === 0 &&
    !frame.asks.includes('count')
  ) {
    const metric = metrics[0];
    return metric === undefined ? null : keep({ ...goalOf(previous), metric } as Goal, previous, where);
  }
  if (previous.goal === 'rank' && frame.aggregates.length > 0)
    return statistic(frame, metrics.length > 0 ? metrics : [previous.metric], previous, where);
  if (metrics.length === 0) return null;
  if (!['list', 'count', 'share', 'rank'].includes(previous.goal) && !(points && oneRow)) return null;
  return statistic(frame, metrics, previous, where);
}

/** "same two for words": there must have been several figures. */
const saysHowMany = (frame: Frame) =>
  frame.items.some(
    ({ tag, words }) => tag.kind === 'cue' && /^(the )?same (\w+ )?(two|three|2|3|pair|trio)\b/.test(words),
  );

/** "how many output tokens" after "open prompt 18". */
const asksOfLookedUp = (frame: Frame, own: readonly Condition[], before: Conversation, previous: Query) =>
  previous.goal === 'list' &&
  before.rows.length === 1 &&
  previous.where.some((condition) => fieldOf(condition) === 'number') &&
  own.length + frame.aggregates.length + frame.weakAggregates.length === 0 &&
  !['entity', 'all', 'usage', 'each'].some((kind) => frame.has.has(kind as 'all'));

/** "and for the 503, number of attempts?" after the errors by type: of this one group. */
const namesGroup = (condition: Condition, by: Dimension) =>
  !('not' in condition) && (by === 'error.type' ? /^error/.test(fieldOf(condition) ?? '') : fieldOf(condition) === by);

/** "and the 50th?" after a percentile. */
export function otherPercentile({ frame, previous }: Turn): Query | null {
  const [value, ...more] = frame.ordinals;
  const [measure, ...others] = previous.goal === 'statistic' ? previous.measures : [];
  if (measure === undefined || others.length > 0 || value === undefined || more.length > 0) return null;
  if (!/^p\d/.test(measure.aggregate) || value < 1 || value > 99 || !saysOnly(frame, 'ordinal')) return null;
  const goal: Goal = { goal: 'statistic', measures: [{ ...measure, aggregate: `p${value}` }], relation: null };
  return keep(goal, previous, previous.where);
}

/** "and just the output?" after tokens. */
function namesOutput(frame: Frame, previous: Query): boolean {
  const measured = 'metric' in previous ? [previous] : 'measures' in previous ? previous.measures : [];
  return (
    measured.length > 0 &&
    measured.every(({ metric }) => metric.endsWith('Tokens')) &&
    frame.metrics.length === 0 &&
    frame.items.some(({ tag, words }) => tag.kind === 'entity' && /^(the )?outputs?$/.test(words))
  );
}

function statistic(
  frame: Frame,
  metrics: NonNullable<ReturnType<typeof resolveMetric>>['metric'][],
  previous: Query,
  where: Condition[],
): Query {
  const single = where.some((condition) => fieldOf(condition) === 'number');
  const measures = metrics.flatMap((metric) =>
    (frame.aggregates.length > 0 ? frame.aggregates : defaultAggregates(metric, single)).map((aggregate) => ({
      metric,
      aggregate,
    })),
  );
  return keep({ goal: 'statistic', measures, relation: null }, previous, where, { assumptions: [], chart: null });
}

function sidesMeasured(
  frame: Frame,
  metric: ReturnType<typeof resolveMetric> extends infer R
    ? (R extends { metric: infer M } ? M : never) | undefined
    : never,
  previous: Query & { goal: 'compare' },
): Query | null {
  const first = previous.sides[0]?.measure;
  if (!first) return null;
  const measure = { metric: metric ?? first.metric, aggregate: frame.aggregates[0] ?? first.aggregate };
  const compare = frame.compares[0];
  const prefer = compare === undefined ? previous.prefer : compare.op === '<' || compare.op === '<=' ? 'min' : 'max';
  return keep(
    { ...goalOf(previous), sides: previous.sides.map((side) => ({ ...side, measure })), prefer } as Goal,
    previous,
    previous.where,
  );
}

/** "its slowest prompt", "the slowest prompt in it" */
const pointsAtGroup = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'reference' && /\bits?$/.test(words));

/** Rows without metrics can't be ranked: such conditions are not kept. */
const hasMetrics = (condition: Condition) =>
  !['failed', 'status', 'error.type', 'error.httpStatus'].includes(fieldOf(condition) ?? '');

/** "and the second slowest" after a look at the slowest: nothing is ranked within one prompt. */
const isOnePrompt = (condition: Condition) =>
  fieldOf(condition) === 'number' && 'value' in condition && [condition.value].flat().length === 1;

/** "the worst one?": of what, the last answer says. */
const asksTheWorst = (frame: Frame) =>
  frame.metrics.length === 0 && frame.orders.every(({ direction }) => direction === 'best' || direction === 'worst');

/** "and which the fewest?" after the prompt that used the most. */
const asksOtherEnd = (frame: Frame, previous: Query) =>
  previous.goal === 'rank' &&
  frame.asks.includes('which') &&
  frame.entities.length + frame.metrics.length === 0 &&
  frame.orders.every(({ metric, all }) => metric === null && !all);

/** "which is highest?" after a figure for each category. */
const asksWhichGroup = (frame: Frame, previous: Query) =>
  previous.goal.startsWith('grouped') &&
  frame.asks.includes('which') &&
  frame.entities.length === 0 &&
  frame.orders.every(({ metric }) => metric === null || measuredGroups(previous) === metric);

const measuredGroups = (previous: Query) => (previous.goal === 'grouped' ? previous.measures[0]?.metric : undefined);

/** "which prompt ate the most of that?", "which one was the lowest?" after a figure: the one that has most of it. */
const asksMostOfIt = (frame: Frame) =>
  frame.orders.every(({ metric }) => metric === null) &&
  (frame.items.some(({ tag, words }) => tag.kind === 'ask' && /^which one$/.test(words)) ||
    (frame.asks.includes('which') &&
      frame.entities.some(({ entity }) => entity === 'prompt' || entity === 'response') &&
      frame.references.some((reference) => reference.number === 'one')));

function onlyMetric(previous: Query) {
  const metrics = previous.goal === 'statistic' ? [...new Set(previous.measures.map((measure) => measure.metric))] : [];
  return metrics.length === 1 ? (metrics[0] ?? null) : null;
}

/** "and which used the most tokens in total?" after a mean of each. */
const saysTotal = (frame: Frame) =>
  frame.weakAggregates.includes('sum') ||
  frame.items.some(
    ({ tag, words }) => tag.kind === 'order' && /\b(in total|altogether|overall|all told|in all)$/.test(words),
  );

/** "list them by latency, slowest first" after a list or a count: what was counted. */
export const listsThem = (frame: Frame) =>
  frame.orders.length > 0 &&
  frame.items.some(
    ({ tag, words }) => tag.kind === 'ask' && tag.ask === 'list' && /\b(them|those|these)( all)?$/.test(words),
  );

/** "and the fastest?", "now the two quickest instead", "of those, which was longest?" */
export function otherOrder({ frame, own, leads, before, previous }: Turn): Query | null {
  const ofGroup = withinGroup(frame, before, previous);
  if (
    frame.orders.length === 0 ||
    !saysOnly(frame, 'order', 'quantity', 'ordinal', 'metric', 'filter', 'ask') ||
    !(
      leads ||
      listsThem(frame) ||
      (ofGroup !== null && pointsAtGroup(frame)) ||
      frame.cues.includes('instead') ||
      asksWhichGroup(frame, previous) ||
      asksTheWorst(frame) ||
      asksOtherEnd(frame, previous) ||
      asksMostOfIt(frame)
    )
  )
    return null;
  if (frame.asks.some((ask) => ask === 'count' || ask === 'share') || frame.by.length > 0) return null;
  const ordering = orderingOf(measuredBefore(frame, previous));
  if (ordering === null) return null;
  const pick = ordering.direction === 'desc' ? 'max' : 'min';
  if (previous.goal === 'grouped' && ofGroup === null && frame.quantities.length === 0 && own.length === 0) {
    const measures =
      ordering.metric === null
        ? previous.measures
        : previous.measures.slice(0, 1).map((measure) => ({
            metric: ordering.metric ?? measure.metric,
            aggregate: saysTotal(frame) ? 'sum' : measure.aggregate,
          }));
    return keep(
      { goal: 'grouped', by: previous.by, measures, pick, rank: frame.ordinals[0] ?? null },
      previous,
      previous.where,
    );
  }
  if ((previous.goal === 'groupedCount' || previous.goal === 'groupedShare') && ordering.metric === null)
    return keep({ ...goalOf(previous), pick } as Goal, previous, previous.where);
  const metric = ordering.metric ?? measuredBy(previous) ?? (asksMostOfIt(frame) ? onlyMetric(previous) : null);
  if (metric === null) return null;
  const top = frame.items.some(({ tag, words }) => tag.kind === 'order' && /^(the )?top$/.test(words));
  const direction =
    top && ordering.metric === null && previous.goal === 'rank' ? previous.direction : ordering.direction;
  const rank = frame.ordinals[0] ?? null;
  const limit =
    rank !== null
      ? 1
      : (frame.quantities[0]?.value ?? keptLimit(frame, previous) ?? (ordering.all ? null : isPlural(frame) ? 3 : 1));
  const among = previous.where.filter((condition) => hasMetrics(condition) && !isOnePrompt(condition));
  const where = narrowed([...among, ...(ofGroup ?? [])], own, true);
  return keep({ goal: 'rank', metric, direction, limit, rank }, previous, where, {
    chart: null,
    assumptions: ordering.assumption ? [ordering.assumption] : [],
  });
}

/** "and its slowest prompt?" after the slowest category: a prompt is asked for, one of that category. */
function withinGroup(frame: Frame, before: Conversation, previous: Query): Condition[] | null {
  const prompts = frame.entities.some(({ entity }) => entity === 'prompt' || entity === 'response');
  if (!prompts || before.group === null || !previous.goal.startsWith('grouped')) return null;
  return [{ field: before.group.by, op: '=', value: before.group.key }];
}

const LENGTHS = new Set<Metric>(['words', 'characters', 'outputTokens']);

/** "the worst one" of what was measured; "the three longest" after the shortest in words. */
function measuredBefore(frame: Frame, previous: Query): Frame {
  const [measure] = 'measures' in previous ? previous.measures : [];
  const metric = previous.goal === 'rank' ? previous.metric : measure?.metric;
  const relative = frame.orders.some(
    (order) =>
      order.direction === 'best' ||
      order.direction === 'worst' ||
      (order.metric === 'longest' && metric !== undefined && LENGTHS.has(metric)),
  );
  return relative && frame.metrics.length === 0 && metric !== undefined ? { ...frame, metrics: [metric] } : frame;
}

/** "and the highest value among them?" after their average. */
function measuredBy(previous: Query): Metric | null {
  if (previous.goal === 'rank') return previous.metric;
  const [limited] = previous.goal === 'list' ? previous.where.map(fieldOf) : [];
  if (limited != null && METRICS.includes(limited as Metric)) return limited as Metric;
  const [first, ...more] = previous.goal === 'statistic' ? previous.measures : [];
  return first !== undefined && more.every(({ metric }) => metric === first.metric) ? first.metric : null;
}

/** "fastest instead" changes the direction, not how many. */
const keptLimit = (frame: Frame, previous: Query) =>
  previous.goal === 'rank' && frame.cues.includes('instead') && frame.entities.length === 0 ? previous.limit : null;

/** "that for every category" after a figure of one of them: it stands for this group alone no longer. */
const beyondGroup = (where: readonly Condition[], by: Dimension) =>
  where.filter((condition) => !('field' in condition && condition.field === by && condition.op === '='));

/** "by category", "which category is it in?" */
export function otherGrouping({ frame, before, previous }: Turn): Query | null {
  const asked = frame.by[0] ?? frame.dimensions[0]?.by;
  if (asked === undefined || !saysOnly(frame, 'by', 'dimension', 'ask') || frame.asks.includes('share')) return null;
  const oneRow = before.rows.length === 1;
  if (
    frame.by.length === 0 &&
    (oneRow || (before.rows.length > 0 && ['rank', 'list', 'count'].includes(previous.goal)))
  ) {
    const where: Condition[] = [{ field: 'number', op: 'in', value: before.rows }];
    if (asked === 'error.type') where.push({ field: 'failed', op: '=', value: true });
    const pick = asked === 'error.type' || frame.dimensions[0]?.plural ? null : 'max';
    return keep({ goal: 'groupedCount', by: asked, pick, rank: null }, previous, where, { chart: null });
  }
  if (previous.goal === 'statistic')
    return keep(
      { goal: 'grouped', by: asked, measures: previous.measures, pick: null, rank: null },
      previous,
      beyondGroup(previous.where, asked),
    );
  if (previous.goal === 'share' && previous.of.length === 0)
    return keep({ goal: 'groupedShare', by: asked, pick: null, rank: null }, previous, previous.where);
  if (previous.goal === 'rank' && previous.limit === 1 && previous.rank === null) {
    const measure = { metric: previous.metric, aggregate: previous.direction === 'desc' ? 'max' : 'min' } as const;
    return keep({ goal: 'grouped', by: asked, measures: [measure], pick: null, rank: null }, previous, previous.where);
  }
  if (previous.goal === 'grouped' || previous.goal === 'groupedCount' || previous.goal === 'groupedShare')
    return keep({ ...goalOf(previous), by: asked } as Goal, previous, previous.where);
  if (previous.goal === 'count' || previous.goal === 'list')
    return keep({ goal: 'groupedCount', by: asked, pick: null, rank: null }, previous, previous.where);
  return null;
}

/** "as a chart", "show that as a histogram". */
export function asChart({ frame, previous }: Turn): Query | null {
  if (!frame.has.has('chart') || !saysOnly(frame, 'chart', 'ask')) return null;
  if (previous.goal === 'grouped' || previous.goal === 'groupedCount' || previous.goal === 'compare')
    return keep(goalOf(previous), previous, previous.where, { chart: 'bar' });
  const metric =
    previous.goal === 'statistic'
      ? previous.measures[0]?.metric
      : previous.goal === 'rank' || previous.goal === 'bars' || previous.goal === 'histogram'
        ? previous.metric
        : undefined;
  if (metric === undefined) return null;
  return keep({ goal: frame.charts.includes('bar') ? 'bars' : 'histogram', metric }, previous, previous.where);
}
