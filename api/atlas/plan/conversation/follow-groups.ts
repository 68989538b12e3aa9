import type { Condition, Goal, Measure, Query } from '../../plan.js';
import { both, sameCondition, sortOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { goalOf, keep, narrowed, saysOnly, type Turn } from './turn.js';

/** "and which is worst?" after a share of each group, "who comes second?" after the group that leads. */
export function otherGroup({ frame, own, previous }: Turn): Query | null {
  if (previous.goal !== 'grouped' && previous.goal !== 'groupedCount' && previous.goal !== 'groupedShare') return null;
  const plain = frame.asks.every((ask) => ask === 'which' || ask === 'show');
  if (!plain || own.length > 0 || frame.by.length > 0 || frame.entities.some(({ entity }) => entity !== 'one'))
    return null;
  const [rank, ...ranks] = frame.ordinals;
  if (rank !== undefined && ranks.length === 0 && previous.pick !== null && saysOnly(frame, 'ordinal', 'ask'))
    return keep({ ...goalOf(previous), rank } as Goal, previous, previous.where);
  const [order, ...orders] = frame.orders;
  if (previous.goal !== 'groupedShare' || order === undefined || orders.length > 0) return null;
  if (order.metric !== null || order.all || !saysOnly(frame, 'order', 'ask')) return null;
  const pick = endOf(order.direction, previous.where);
  return pick === null ? null : keep({ ...goalOf(previous), pick } as Goal, previous, previous.where);
}

/** "and coding?" after the group that leads: the same of this group; "its failures?": these, and no figure of theirs. */
export function ofOneGroup({ frame, own, previous }: Turn): Query | null {
  if (previous.goal !== 'grouped' && previous.goal !== 'groupedCount' && previous.goal !== 'groupedShare') return null;
  const named = own.filter((condition) => 'field' in condition && condition.field === previous.by && isOne(condition));
  if (named.length !== 1 || frame.has.has('versus') || !saysOnly(frame, 'filter')) return null;
  const where = narrowed(previous.where, own, false);
  const alike = { chart: null, inherited: previous.where };
  if (own.length > 1) return keep({ goal: 'list', limit: null }, previous, own, { ...alike, inherited: [] });
  if (previous.goal === 'groupedCount') return keep({ goal: 'count' }, previous, where, alike);
  if (previous.goal === 'groupedShare') return keep({ goal: 'share', of: named }, previous, where, alike);
  return keep({ goal: 'statistic', measures: previous.measures, relation: null }, previous, where, alike);
}

const isOne = (condition: Condition) => 'op' in condition && condition.op === '=';

/** "and how many failed in each?" after something was told for each group. */
export function countedInEach({ frame, own, previous }: Turn): Query | null {
  if (previous.goal !== 'grouped' && previous.goal !== 'groupedCount' && previous.goal !== 'groupedShare') return null;
  if (!asksInEach(frame) || !frame.asks.includes('count') || own.length === 0) return null;
  if (frame.metrics.length + frame.orders.length > 0) return null;
  return keep({ goal: 'groupedCount', by: previous.by, pick: null, rank: null }, previous, both(previous.where, own));
}

/** "… in each?": of which groups, the last answer says. */
export const asksInEach = (frame: Frame) =>
  frame.dimensions.length === 0 &&
  frame.items.some(({ tag, words }) => tag.kind === 'by' && /\beach( one| of (them|those|these))?$/.test(words));

/** The worst of success rates is the lowest, of failure rates the highest. */
function endOf(direction: 'asc' | 'desc' | 'best' | 'worst', where: readonly Condition[]): 'max' | 'min' | null {
  if (direction === 'asc' || direction === 'desc') return direction === 'desc' ? 'max' : 'min';
  const [measured, ...more] = where;
  if (measured === undefined || more.length > 0 || !('field' in measured) || measured.op !== '=') return null;
  const good = measured.field === 'status' && measured.value === 'ok';
  const bad = BAD.has(measured.field) && measured.value !== false && !good;
  if (!good && !bad) return null;
  return (direction === 'best') === good ? 'max' : 'min';
}

const BAD = new Set(['failed', 'status', 'error.type', 'error.httpStatus', 'truncated', 'incomplete', 'empty']);

/** "both together?", "so together?" after one category and then another, one list and then another, input and output. */
export function bothTogether({ frame, own, before, previous }: Turn): Query | null {
  const joined = frame.items.some(({ words }) => /^(both|combined|together)\b/.test(words));
  const both = frame.has.has('each') || frame.references.some(({ count }) => count === 2) || joined;
  if (!both || !frame.weakAggregates.includes('sum') || own.length > 0 || !saysOnly(frame)) return null;
  if (previous.goal === 'statistic' && before.otherSum) {
    const measures: Measure[] = [{ metric: 'totalTokens', aggregate: 'sum' }];
    return keep({ goal: 'statistic', measures, relation: null }, previous, previous.where);
  }
  if (before.categories?.length === 2 && (previous.goal === 'statistic' || previous.goal === 'count')) {
    const common = previous.where.filter((condition) => sortOf(condition) !== 'category');
    const categories = before.categories.map((value): Condition => ({ field: 'category', op: '=', value }));
    return keep(goalOf(previous), previous, [...common, { any: categories }]);
  }
  const earlier = before.earlier ?? null;
  if (previous.goal !== 'count' || earlier === null || earlier.length === 0 || previous.where.length === 0) return null;
  return keep({ goal: 'count' }, previous, [{ any: [{ all: earlier }, { all: previous.where }] }], { inherited: [] });
}

/** "and of the successful ones?", "and for claims?" after a share: the same share of other prompts. */
export function otherPopulation({ frame, own, previous }: Turn): Query | null {
  if (previous.goal !== 'share' || own.length === 0 || frame.has.has('versus') || !saysOnly(frame, 'filter'))
    return null;
  const measured = previous.where.filter((condition) => !previous.of.some((known) => sameCondition(known, condition)));
  const categories = own.every((condition) => sortOf(condition) === 'category');
  const partOf = frame.items.some((item) => item.tag.kind === 'filter' && item.partOf === true);
  const measuresCategory = measured.some((condition) => sortOf(condition) === 'category');
  if (measured.length === 0 || measuresCategory || !(categories || partOf)) return null;
  const of = narrowed(previous.of, own, frame.cues.includes('only'));
  return keep({ goal: 'share', of }, previous, both(of, measured));
}
