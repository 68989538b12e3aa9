import type { Condition, Goal, Query } from '../../plan.js';
import type { Item } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import { resolveMetric } from '../goals/metrics.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

/** "the next one", "the one before that": after a prompt that was named by its number, or by its place in a ranking. */
export function stepped({ frame, before, previous }: Turn): Query | null {
  const step = frame.items.find(({ tag }) => tag.kind === 'step')?.tag;
  if (step?.kind !== 'step' || !saysOnly(frame, 'step', 'ask')) return null;
  if (frame.asks.some((ask) => ask !== 'list' && ask !== 'show')) return null;
  if (previous.goal === 'rank' && previous.limit === 1) {
    const rank = (previous.rank ?? 1) + step.by;
    return rank < 1 ? null : keep({ ...(goalOf(previous) as Goal & { goal: 'rank' }), rank }, previous, previous.where);
  }
  const [row, ...more] = before.rows;
  if (row === undefined || more.length > 0) return null;
  const where: Condition[] = [{ field: 'number', op: 'in', value: [row + step.by] }];
  const looked = previous.where.every((condition) => fieldOf(condition) === 'number');
  const goal: Goal =
    looked && ['list', 'statistic'].includes(previous.goal) ? goalOf(previous) : { goal: 'list', limit: null };
  return keep(goal, previous, where, { inherited: [], chart: null });
}

/** "the other way round": the other end of a ranking. */
export function reversed({ frame, previous }: Turn): Query | null {
  if (!frame.has.has('reverse') || !saysOnly(frame, 'reverse', 'quantity')) return null;
  const [quantity, ...more] = frame.quantities;
  if (previous.goal !== 'rank' || more.length > 0 || (quantity && quantity.unit !== null)) return null;
  const direction = previous.direction === 'asc' ? 'desc' : 'asc';
  const limit = quantity?.value ?? previous.limit;
  return keep({ ...(goalOf(previous) as Goal & { goal: 'rank' }), direction, limit }, previous, previous.where);
}

/** "the other way round, the slowest two": the end is named, so nothing is left to turn. */
export function namedEnds(items: Item[]): Item[] {
  const named = items.some(({ tag }) => tag.kind === 'order' && !tag.weak);
  return items.map((item) =>
    named && item.tag.kind === 'reverse' ? { ...item, tag: { kind: 'cue', cue: 'instead' } } : item,
  );
}

/** "and which of the two is wordier?" after two were compared by their latency. */
export function comparedOtherwise({ frame, own, previous }: Turn): Query | null {
  const [compare, ...otherCompares] = frame.compares;
  const [order, ...otherOrders] = frame.orders;
  if (previous.goal !== 'compare' || own.length > 0 || otherCompares.length + otherOrders.length > 0) return null;
  if ((compare === undefined) === (order === undefined) || order?.all) return null;
  if (!saysOnly(frame, 'compare', 'order', 'aggregate', 'metric', 'ask')) return null;
  if (frame.metrics.length > 1 || frame.aggregates.length > 1 || frame.asks.some((ask) => ask === 'count')) return null;
  const name = frame.metrics[0] ?? compare?.metric ?? order?.metric ?? null;
  const metric = name === null ? null : (resolveMetric(name, frame)?.metric ?? null);
  const first = previous.sides[0]?.measure;
  if (metric === null || !first) return null;
  const measure = { metric, aggregate: frame.aggregates[0] ?? first.aggregate };
  const down = compare ? compare.op === '<' || compare.op === '<=' : order?.direction === 'asc';
  const sides = previous.sides.map((side) => ({ ...side, measure }));
  return keep({ goal: 'compare', sides, prefer: down ? 'min' : 'max', relation: null }, previous, previous.where);
}
