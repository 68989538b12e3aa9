import type { Condition, Conversation, Query } from '../../plan.js';
import { both, excludeEachOther } from '../conditions.js';
import type { Frame } from '../frame.js';
import { keep, rowsInFocus, saysOnly } from './turn.js';

const SHARED = new Set(['list', 'count', 'share']);

/**
 * "what share of those timed out?" is of the rows spoken of; in "what share of travel is that?" they are the part, and
 * travel is what they are a part of. Undefined where it is no such question, null where it cannot be told.
 */
export function shareOfThose(frame: Frame, own: readonly Condition[], before: Conversation): Query | null | undefined {
  const previous = before.query;
  const asked = frame.items.findIndex(({ tag }) => tag.kind === 'ask' && tag.ask === 'share');
  const pointed = frame.items.findIndex(({ tag }) => tag.kind === 'reference');
  if (asked < 0 || pointed < 0 || previous === null || before.lost || !SHARED.has(previous.goal)) return undefined;
  if (frame.references.length > 1 || frame.references[0]?.count !== undefined) return undefined;
  if (!saysOnly(frame, 'ask', 'filter', 'aggregate') || frame.aggregates.some((each) => each !== 'sum'))
    return undefined;
  const focus = rowsInFocus(before, previous);
  if (focus === null) return undefined;
  const isWhole = pointed < asked || isPartitioned(frame, asked, pointed);
  if (isWhole && own.length === 0) return undefined;
  const where = both(focus, own);
  if (own.some((next) => focus.some((old) => excludeEachOther(old, next)))) return null;
  const of = isWhole ? [...focus] : [...own];
  return keep({ goal: 'share', of }, previous, where, { assumptions: [], chart: null });
}

/** "what share of those", "percent of them": the pointer stands behind "of". */
function isPartitioned(frame: Frame, asked: number, pointed: number): boolean {
  const words = frame.items[asked]?.words ?? '';
  return (
    pointed === asked + 1 && (/\bof$/.test(words) || /^(of|out of|from|among) /.test(frame.items[pointed]?.words ?? ''))
  );
}
