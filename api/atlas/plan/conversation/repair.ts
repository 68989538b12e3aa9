import type { Condition, Conversation, Query } from '../../plan.js';
import { fieldOf } from '../conditions.js';
import type { Frame } from '../frame.js';
import { followUp } from './follow-up.js';
import { saysOnly } from './turn.js';

/**
 * "show prompt 31" of 20, then "sorry, I meant 13"; "the cruises prompts", then "hotels then": what was turned down for a
 * name alone is asked again with another.
 */
export function repaired(frame: Frame, own: readonly Condition[], before: Conversation): Query | null {
  if (!before.lost || !before.about) return null;
  const names = own.every((condition) => ['category', 'number'].includes(fieldOf(condition) ?? ''));
  if (!names || !saysOnly(frame, 'filter', 'prompts', 'quantity')) return null;
  const rows = before.about.where.flatMap((condition) =>
    fieldOf(condition) === 'number' && 'value' in condition ? [condition.value].flat().map(Number) : [],
  );
  return followUp(frame, [...own], true, { ...before, query: before.about, rows, lost: false });
}
