import type { Metric } from '../../../contract/answer.js';
import { METRICS } from '../../../contract/limits.js';
import type { Condition, Conversation, Goal, Query } from '../../plan.js';
import { fieldOf } from '../conditions.js';
import { type Frame, isPlural } from '../frame.js';
import { type Ordering, orderingOf } from '../goals/orders.js';
import { goalOf, keep, narrowed, saysOnly, type Turn } from './turn.js';

/** "and the fastest?", "now the two quickest instead", "of those, which was longest?" */
export function otherOrder(turn: Turn): Query | null {
  const { frame, previous } = turn;
  if (frame.orders.length === 0 || !leansOnLast(turn)) return null;
  const ordering = orderingOf(measuredBefore(frame, previous));
  if (ordering === null) return null;
  return leadingGroup(turn, ordering) ?? rankedPrompts(turn, ordering);
}

/** Says an order and nothing else, and leaves open what is ranked or by what. */
function leansOnLast(turn: Turn): boolean {
  const { frame, leads, previous } = turn;
  if (!saysOnly(frame, 'order', 'quantity', 'ordinal', 'metric', 'filter', 'ask')) return false;
  return (
    leads || listsThem(frame) || asksWhichGroup(frame, previous) || asksOtherEnd(frame, previous) || asksMostOfIt(frame)
  );
}

/** "list them by latency, slowest first" after a list or a count: what was counted. */
export const listsThem = (frame: Frame) =>
  frame.orders.length > 0 &&
  frame.items.some(
    ({ tag, words }) => tag.kind === 'ask' && tag.ask === 'list' && /\b(them|those|these)( all)?$/.test(words),
  );

/** "which is highest?" after a figure for each category. */
const asksWhichGroup = (frame: Frame, previous: Query) =>
  previous.goal.startsWith('grouped') &&
  frame.asks.includes('which') &&
  frame.entities.length === 0 &&
  frame.orders.every(({ metric }) => metric === null || metric === firstMeasured(previous));

/** "and which the fewest?" after the prompt that used the most. */
const asksOtherEnd = (frame: Frame, previous: Query) =>
  previous.goal === 'rank' &&
  frame.asks.includes('which') &&
  frame.entities.length + frame.metrics.length === 0 &&
  frame.orders.every(({ metric, all }) => metric === null && !all);

/** "which prompt ate the most of that?", "which one was the lowest?" after a figure: the one that has most of it. */
const asksMostOfIt = (frame: Frame) =>
  frame.orders.every(({ metric }) => metric === null) &&
  (frame.items.some(({ tag, words }) => tag.kind === 'ask' && words === 'which one') ||
    (frame.asks.includes('which') && namesPrompts(frame) && frame.references.some(({ number }) => number === 'one')));

const namesPrompts = (frame: Frame) =>
  frame.entities.some(({ entity }) => entity === 'prompt' || entity === 'response');

/** "and the fastest?" after a figure for each category: which of them. */
function leadingGroup({ frame, previous }: Turn, { metric, direction }: Ordering): Query | null {
  const pick = direction === 'desc' ? 'max' : 'min';
  if (previous.goal === 'groupedCount' || previous.goal === 'groupedShare')
    return metric === null ? keep({ ...goalOf(previous), pick } as Goal, previous, previous.where) : null;
  if (previous.goal !== 'grouped' || namesPrompts(frame) || frame.quantities.length > 0) return null;
  const [first] = previous.measures;
  const measures =
    metric === null || first === undefined
      ? previous.measures
      : [{ metric, aggregate: saysTotal(frame) ? 'sum' : first.aggregate }];
  const goal: Goal = { goal: 'grouped', by: previous.by, measures, pick, rank: frame.ordinals[0] ?? null };
  return keep(goal, previous, previous.where);
}

/** "and which used the most tokens in total?" after a mean of each. */
const saysTotal = (frame: Frame) =>
  frame.weakAggregates.includes('sum') ||
  frame.items.some(
    ({ tag, words }) => tag.kind === 'order' && /\b(in total|altogether|overall|all told|in all)$/.test(words),
  );

function rankedPrompts({ frame, own, before, previous }: Turn, ordering: Ordering): Query | null {
  const metric = ordering.metric ?? measuredBy(previous);
  if (metric === null) return null;
  const [rank = null] = frame.ordinals;
  const goal: Goal = {
    goal: 'rank',
    metric,
    direction: namesTop(frame) && previous.goal === 'rank' ? previous.direction : ordering.direction,
    limit: rank === null ? limitOf(frame, previous, ordering) : 1,
    rank,
  };
  const among = [...previous.where.filter(canBeRanked), ...withinGroup(frame, before, previous)];
  return keep(goal, previous, narrowed(among, own, true), {
    chart: null,
    assumptions: ordering.assumption ? [ordering.assumption] : [],
  });
}

/** "the top one" is at the end that was asked for before. */
const namesTop = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'order' && /^(the )?top$/.test(words));

function limitOf(frame: Frame, previous: Query, { all }: Ordering): number | null {
  const [quantity] = frame.quantities;
  if (quantity !== undefined) return quantity.value;
  if (previous.goal === 'rank' && changesDirection(frame)) return previous.limit;
  if (all) return null;
  return isPlural(frame) ? 3 : 1;
}

/** "fastest instead" changes the direction, not how many. */
const changesDirection = (frame: Frame) => frame.cues.includes('instead') && frame.entities.length === 0;

/** Rows without metrics can't be ranked, and nothing is ranked within one prompt: such conditions are not kept. */
function canBeRanked(condition: Condition): boolean {
  const field = fieldOf(condition) ?? '';
  const onePrompt = field === 'number' && 'value' in condition && [condition.value].flat().length === 1;
  return !onePrompt && !['failed', 'status', 'error.type', 'error.httpStatus'].includes(field);
}

/** "and its slowest prompt?" after the slowest category: a prompt is asked for, one of that category. */
function withinGroup(frame: Frame, { group }: Conversation, previous: Query): Condition[] {
  if (group === null || !namesPrompts(frame) || !previous.goal.startsWith('grouped')) return [];
  return [{ field: group.by, op: '=', value: group.key }];
}

/** "the worst one" of what was measured; "the three longest" after the shortest in words. */
function measuredBefore(frame: Frame, previous: Query): Frame {
  const metric = firstMeasured(previous);
  if (metric === null || frame.metrics.length > 0) return frame;
  const relative = frame.orders.some(
    (order) =>
      order.direction === 'best' || order.direction === 'worst' || (order.metric === 'longest' && LENGTHS.has(metric)),
  );
  return relative ? { ...frame, metrics: [metric] } : frame;
}

function firstMeasured(previous: Query): Metric | null {
  if (previous.goal === 'rank') return previous.metric;
  return 'measures' in previous ? (previous.measures[0]?.metric ?? null) : null;
}

const LENGTHS = new Set<Metric>(['words', 'characters', 'outputTokens']);

/** "and the highest value among them?" after their average. */
function measuredBy(previous: Query): Metric | null {
  if (previous.goal === 'rank') return previous.metric;
  const [limited] = previous.goal === 'list' ? previous.where.map(fieldOf) : [];
  if (limited != null && METRICS.includes(limited as Metric)) return limited as Metric;
  const [first, ...more] = previous.goal === 'statistic' ? previous.measures : [];
  return first !== undefined && more.every(({ metric }) => metric === first.metric) ? first.metric : null;
}
