import type { Condition, Conversation, Goal, Query, Side } from '../../plan.js';
import type { Tag } from '../../tags.js';
import { both, complementOf, excludeEachOther, fieldOf, sameCondition, sortOf } from '../conditions.js';
import { CONTENT } from '../content.js';
import type { Frame } from '../frame.js';

export interface Turn {
  frame: Frame;
  own: Condition[];
  /** Starts with "and", "what about", "only", …: says itself that it goes on. */
  leads: boolean;
  before: Conversation;
  previous: Query;
}

export type Reader = (turn: Turn) => Query | null;

/** What only leans on the last answer, or sets something against it, says nothing of its own. */
const LEANING = new Set<Tag['kind']>(['reference', 'versus', 'included', 'unknown', 'refused']);
const SAYING = ([...CONTENT, 'missing'] as const).filter((kind) => !LEANING.has(kind));

/** Whether the clause says nothing but this. */
export function saysOnly(frame: Frame, ...kinds: Tag['kind'][]): boolean {
  return (
    SAYING.every(
      (kind) =>
        !frame.has.has(kind) || kinds.includes(kind) || (kind === 'ask' && frame.asks.every((ask) => ask === 'show')),
    ) &&
    (frame.by.length === 0 || kinds.includes('by'))
  );
}

export function keep(goal: Goal, previous: Query, where: Condition[], changes: Partial<Query> = {}): Query {
  const inherited = where.filter((condition) => previous.where.some((known) => sameCondition(known, condition)));
  return { ...goal, where, inherited, assumptions: previous.assumptions, chart: previous.chart, ...changes } as Query;
}

export const goalOf = ({ where, inherited, assumptions, chart, ...goal }: Query): Goal => goal as Goal;

/** New conditions take the place of old ones of their sort, unless they only narrow further. */
export function narrowed(previous: readonly Condition[], own: readonly Condition[], adds: boolean): Condition[] {
  const kept = previous.filter((old) =>
    own.every((next) => {
      if (sameCondition(old, next)) return false;
      if (leavesOut(next) && !excludeEachOther(old, next) && !sameCondition(complementOf(next), old)) return true;
      if (isDeniedIn(old, next)) return false;
      if ('not' in next || sameCondition(complementOf(next), old)) return !sameCondition(complementOf(next), old);
      const rivals = sortOf(old) === sortOf(next) && fieldOf(old) !== null;
      return !(excludeEachOther(old, next) || (rivals && !adds && !('not' in old)));
    }),
  );
  return both(kept, own);
}

/** "leave out the truncated ones": of what was there before. */
const leavesOut = (condition: Condition) => 'field' in condition && condition.value === false;

/** "how many were complete?" after the incomplete ones: one part of the new condition denies the old one. */
const isDeniedIn = (old: Condition, next: Condition) =>
  'all' in next && next.all.some((part) => sameCondition(complementOf(part), old) || excludeEachOther(part, old));

/** "errors 2, timeouts 1": the rows of all sides together. */
const ofEitherSide = (sides: readonly Side[]): Condition[] => [
  { any: sides.map(({ where }): Condition => (where.length === 1 && where[0] ? where[0] : { all: where })) },
];

/** The rows that the last answer was about, as conditions. */
export function rowsInFocus(before: Conversation, previous: Query): Condition[] | null {
  if (previous.goal === 'countEach') return [...previous.where, ...ofEitherSide(previous.sides)];
  if (before.group) return [...previous.where, { field: before.group.by, op: '=', value: before.group.key }];
  if (
    ['list', 'count', 'share', 'statistic', 'groupedCount', 'histogram', 'summary'].includes(previous.goal) &&
    !(previous.goal === 'list' && previous.limit)
  )
    return previous.where;
  return before.rows.length > 0 ? [{ field: 'number', op: 'in', value: before.rows }] : null;
}

/**
 * "and which of them timed out?" after the hr prompts and "how many of those came back ok": no row is both, so "them"
 * are the hr prompts still, without what was added last.
 */
export function widened(focus: readonly Condition[], own: readonly Condition[], previous: Query): Condition[] {
  const before = focus.filter((condition) => previous.inherited.some((known) => sameCondition(known, condition)));
  const endsOtherwise = (old: Condition) =>
    isOutcome(old) && own.some((next) => isOutcome(next) && excludeEachOther(old, next));
  const kept = focus.filter((condition) => before.includes(condition) || !endsOtherwise(condition));
  return before.length > 0 ? kept : [...focus];
}

const isOutcome = (condition: Condition) => ['status', 'failed'].includes(fieldOf(condition) ?? '');
