import type { Condition } from '../plan.js';
import type { Item } from '../tags.js';
import { sortOf } from './conditions.js';
import { any, CONTENT, hasGoal, realAsk } from './content.js';
import { type Frame, frameOf, type Joint } from './frame.js';

interface Piece {
  joint: Joint | null;
  items: readonly Item[];
}

/** What is set beforehand holds for everything asked after it: "in HR, how many failed, and what is the median?" */
export function scopeOf([first, second]: readonly Piece[]): readonly Item[] {
  if (first === undefined || second === undefined) return [];
  return setsScope(frameOf(first.items), second.joint, frameOf(second.items)) ? first.items : [];
}

/** Asks of nothing of its own. */
export const isOpen = (frame: Frame) =>
  frame.narrowings.every(({ where }) => sortOf(where) !== 'category' && !('not' in where)) &&
  frame.prompts.length + frame.references.length + frame.dimensions.length === 0 &&
  !frame.has.has('all') &&
  !frame.has.has('complement');

/** "In HR, did any …", "apart from finance, was anything refused?": what is asked is asked of these. */
export const setsScope = (last: Frame, joint: Joint | null, next: Frame) =>
  joint === 'comma' &&
  last.narrowings.length > 0 &&
  !any(last, new Set([...CONTENT].filter((kind) => !['filter', 'negation', 'compare'].includes(kind)))) &&
  last.items.every(({ tag, partOf }) => tag.kind !== 'filter' || partOf || isScope(tag.where)) &&
  (realAsk(next) || next.asks.includes('exists') || hasGoal(next));

const isScope = (where: Condition) => sortOf(where) === 'category' || 'not' in where;

/** "put the timeouts aside and list the failures" */
export const onlyLeavesOut = (frame: Frame) =>
  frame.narrowings.length > 0 &&
  frame.narrowings.every(({ where }) => 'not' in where) &&
  [...frame.has].every((kind) => ['filter', 'entity', 'joint'].includes(kind)) &&
  frame.entities.every(({ entity }) => entity === 'one');
