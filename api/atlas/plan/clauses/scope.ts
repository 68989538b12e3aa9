import type { Condition } from '../../plan.js';
import type { Item } from '../../tags.js';
import { sortOf } from '../conditions.js';
import { hasGoal, realAsk, tellsOnly } from '../content.js';
import { type Frame, frameOf } from '../frame.js';
import type { Piece } from './pieces.js';
import { joins } from './rule.js';

/** "In HR, did any …", "apart from finance, was anything refused?": what is asked is asked of these. */
export const setsScope = joins(
  (last, next, joint) =>
    joint === 'comma' &&
    last.narrowings.length > 0 &&
    tellsOnly(last, 'filter', 'negation', 'compare') &&
    last.items.every(({ tag, partOf }) => tag.kind !== 'filter' || partOf || isScope(tag.where)) &&
    (realAsk(next) || next.asks.includes('exists') || hasGoal(next)),
);

/** "put the timeouts aside and list the failures", "apart from the refusals, list the prompts over 1 s" */
export const saysWhatToLeaveOut = joins((last, _, joint) => joint !== 'or' && onlyLeavesOut(last));

const onlyLeavesOut = (frame: Frame) =>
  frame.narrowings.length > 0 &&
  frame.items.every(({ tag }) => tag.kind !== 'filter' || tag.leftOut || denies(tag.where)) &&
  tellsOnly(frame, 'filter') &&
  frame.entities.every(({ entity }) => entity !== 'run');

const denies = (where: Condition) => 'not' in where || ('field' in where && where.value === false);

/** What is set beforehand holds for everything asked after it: "in HR, how many failed, and what is the median?" */
export function scopeOf([first, second]: readonly Piece[]): readonly Item[] {
  if (first === undefined || second === undefined) return [];
  return setsScope(frameOf(first.items), frameOf(second.items), second.joint) ? first.items : [];
}

/** Asks of nothing of its own. */
export const isOpen = (frame: Frame) =>
  frame.narrowings.every(({ where }) => !isScope(where)) &&
  frame.prompts.length + frame.references.length + frame.dimensions.length === 0 &&
  !frame.has.has('all') &&
  !frame.has.has('complement');

const isScope = (where: Condition) => sortOf(where) === 'category' || 'not' in where;
