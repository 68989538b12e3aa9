import type { Condition, Conversation, Goal, Query } from '../../plan.js';
import { complementOf, sameCondition, sortOf } from '../conditions.js';
import { type Frame, frameOf, mentionsEntity } from '../frame.js';
import { readAlone } from '../goals/read-alone.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

const NARROWED = new Set<Goal['goal']>(['statistic', 'count', 'list', 'histogram', 'bars']);

/** "and the rest?", "now the others", "how many in the other categories?": the same of all that was not meant before. */
export function theRest({ frame, own, before, previous }: Turn): Query | null {
  const tag = frame.items.find(({ tag }) => tag.kind === 'complement')?.tag;
  if (tag?.kind !== 'complement' || own.length > 0) return null;
  if (!saysOnly(frame, 'complement', 'ask')) return tag.groups ? null : askedOfOthers(frame, before, previous);
  if (mentionsEntity(frame, 'run') || frame.asks.some((ask) => ask === 'share' || ask === 'howLong')) return null;
  const query = tag.groups ? ofOtherGroups(before, previous, tag.counted === true) : ofOthers(before, previous);
  return query && asAsked(query, frame);
}

/** "the slowest of the rest", "and the mean of the others?" */
function askedOfOthers(frame: Frame, before: Conversation, previous: Query): Query | null {
  const { where = null } = ofOthers(before, previous) ?? {};
  if (where === null || frame.has.has('versus')) return null;
  const query = readAlone(frameOf(frame.items.filter(({ tag }) => tag.kind !== 'complement')), where);
  return query && { ...query, inherited: where };
}

/** Of "failed in support", "the other categories" are the failed ones elsewhere. */
function ofOtherGroups(before: Conversation, previous: Query, counted: boolean): Query | null {
  const [category, ...more] = previous.where.filter((condition) => sortOf(condition) === 'category');
  if (category === undefined || more.length > 0 || 'not' in category) return null;
  const common = previous.where.filter((condition) => condition !== category);
  const asked = before.categories.map((value): Condition => ({ field: 'category', op: '=', value }));
  const others = counted ? asked.map(complementOf) : [complementOf(category)];
  const where = [...common, ...others];
  const alike = { by: 'category', pick: null, rank: null } as const;
  if (previous.goal === 'statistic')
    return keep({ goal: 'grouped', measures: previous.measures, ...alike }, previous, where, { chart: null });
  if (previous.goal === 'count') return keep({ goal: 'groupedCount', ...alike }, previous, where, { chart: null });
  if (previous.goal === 'share') {
    const of = [...previous.of.filter((condition) => sortOf(condition) !== 'category'), ...others];
    return keep({ goal: 'share', of }, previous, where);
  }
  return previous.goal === 'list' || previous.goal === 'rank' ? keep(goalOf(previous), previous, where) : null;
}

/** Of one condition its opposite; of several, that of the one said last. */
function ofOthers(before: Conversation, previous: Query): Query | null {
  const limited = previous.goal === 'rank' || (previous.goal === 'list' && previous.limit !== null);
  if (limited && previous.where.length === 0 && before.rows.length > 0) {
    const where: Condition[] = [{ not: { field: 'number', op: 'in', value: [...before.rows] } }];
    return keep({ goal: 'list', limit: null }, previous, where, { chart: null, assumptions: [] });
  }
  const added = addedLast(previous);
  if (added === null || limited || !NARROWED.has(previous.goal)) return null;
  const where = previous.where.map((old) => (old === added ? complementOf(old) : old));
  return keep(goalOf(previous), previous, where);
}

/** The only condition, or the only one that the last question brought. */
function addedLast({ where, inherited }: Query): Condition | null {
  const added = where.filter((condition) => !inherited.some((known) => sameCondition(known, condition)));
  const [only, ...more] = where.length === 1 ? where : added;
  return only === undefined || more.length > 0 ? null : only;
}

/** "and the rest, which are they?" after a count; "how many is the rest?" after a list or a figure. */
function asAsked(query: Query, frame: Frame): Query {
  const counts = frame.asks.includes('count');
  const lists = frame.asks.some((ask) => ask === 'which' || ask === 'list');
  const { where, inherited, assumptions } = query;
  const alike = { where, inherited, assumptions, chart: null };
  if (counts && ['list', 'statistic'].includes(query.goal)) return { goal: 'count', ...alike };
  return query.goal === 'count' && lists && !counts ? { goal: 'list', limit: null, ...alike } : query;
}
