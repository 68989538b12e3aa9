import type { Condition, Conversation, Query, Side } from '../../plan.js';
import { fieldOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { keep, narrowed, saysOnly, type Turn } from './turn.js';

/** "how many in travel?" after the python answers over three seconds: of what is not said, so of the same. */
export function countsElsewhere(frame: Frame, own: readonly Condition[], before: Conversation): Query | null {
  const previous = before.query;
  const counts = frame.asks.length === 1 && frame.asks[0] === 'count' && saysOnly(frame, 'ask', 'filter');
  if (previous === null || before.lost || !counts || frame.entities.length > 0 || frame.has.has('all')) return null;
  const [category, ...more] = own;
  if (category === undefined || more.length > 0 || !isCategory(category)) return null;
  const others = previous.where.filter((condition) => !isCategory(condition));
  const listed = previous.goal === 'list' || previous.goal === 'count';
  const looked = others.some((condition) => fieldOf(condition) === 'number');
  if (!listed || looked || others.length === 0) return null;
  return keep({ goal: 'count' }, previous, narrowed(previous.where, own, false), { assumptions: [], chart: null });
}

const isCategory = (condition: Condition) => fieldOf(condition) === 'category';

/** "count for both", "how many in each?" after one list and then another. */
export function countsBoth({ frame, own, before, previous }: Turn): Query | null {
  const both = frame.has.has('each') || frame.references.some(({ count }) => count === 2);
  const counts = frame.asks.includes('count') && frame.asks.every((ask) => /^(count|show|exists)$/.test(ask));
  const earlier = before.earlier ?? null;
  if (!both || !counts || earlier === null || own.length > 0 || !saysOnly(frame, 'ask')) return null;
  if (frame.weakAggregates.length > 0 || (previous.goal !== 'list' && previous.goal !== 'count')) return null;
  const sides = [earlier, previous.where].map((where): Side => ({ label: '', where, measure: null, group: null }));
  return keep({ goal: 'countEach', sides }, previous, [], { inherited: [], assumptions: [], chart: null });
}
