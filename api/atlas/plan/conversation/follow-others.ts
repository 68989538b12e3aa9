import type { Condition, Query } from '../../plan.js';
import { complementOf, sameCondition } from '../conditions.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

/** "and of the others?", "how many are the rest?" after the truncated ones: those that are not. */
export function theOthers({ frame, own, previous }: Turn): Query | null {
  if (!frame.has.has('complement') || own.length > 0 || !saysOnly(frame, 'complement', 'ask')) return null;
  const grouped = frame.items.some(({ tag, words }) => tag.kind === 'complement' && /categor|topic/.test(words));
  if (grouped || frame.asks.some((ask) => ask === 'share' || ask === 'howLong')) return null;
  if (!['statistic', 'count', 'list'].includes(previous.goal)) return null;
  if (previous.goal === 'list' && previous.limit !== null) return null;
  const added = addedLast(previous);
  if (added === null) return null;
  const where = previous.where.map((old) => (old === added ? complementOf(old) : old));
  const counts = frame.asks.includes('count');
  const lists = previous.goal === 'count' && frame.asks.some((ask) => ask === 'list' || ask === 'which');
  return keep(counts ? { goal: 'count' } : lists ? { goal: 'list', limit: null } : goalOf(previous), previous, where);
}

/** The only condition, or the only one that the last question brought. */
function addedLast({ where, inherited }: Query): Condition | null {
  const added = where.filter((condition) => !inherited.some((known) => sameCondition(known, condition)));
  const [only, ...more] = where.length === 1 ? where : added;
  return only === undefined || more.length > 0 ? null : only;
}
