import type { Row } from '../../../contract/row.js';
import type { Condition, Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';
import { fieldOf } from '../conditions.js';
import { merged } from '../refine/merge.js';

/** "how many are in that category?" after the category that leads, or after one that was asked about: this one. */
export function thatGroup(items: readonly Item[], before: Conversation, rows: readonly Row[]): Item[] {
  const named = categoryOf(before, rows);
  const isFigure = items.some(({ tag }) => tag.kind === 'metric' || (tag.kind === 'ask' && tag.ask === 'count'));
  const out: Item[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const [item, next] = [items[at] as Item, items[at + 1]];
    const group = next?.tag.kind === 'dimension' && !next.tag.plural && !next.tag.each && next.tag.by === 'category';
    const points = pointsAt(item, next) || (isIts(item) && isFigure);
    if (named !== null && next !== undefined && group && points) {
      out.push(merged({ kind: 'filter', where: named, noun: true }, [item, next]));
      at += 1;
    } else out.push(item);
  }
  return ofLeader(out, before);
}

/** "its failure rate", "its slowest prompt", "how many prompts does it have?" after the group that leads: those of this group. */
function ofLeader(items: readonly Item[], before: Conversation): Item[] {
  const { group, lost, query } = before;
  const ofPrompt = query?.where.some((condition) => fieldOf(condition) === 'number') === true;
  const spoken = group === null ? categorySpokenOf(before) : null;
  const where: Condition | null = group ? { field: group.by, op: '=', value: group.key } : spoken;
  return items.map((item, at) => {
    const next = items[at + 1]?.tag;
    const state = next?.kind === 'filter' && fieldOf(next.where) !== 'category';
    const owned = next?.kind === 'entity' ? next.plural === true : state || group !== null;
    const means = (owned && isIts(item)) || (group !== null && (isInIt(item) || isCounted(items, at)));
    return where !== null && !lost && !ofPrompt && means
      ? { ...item, tag: { kind: 'filter', where, noun: true } }
      : item;
  });
}

/** "its prompts" where two groups share the lead. */
export function pointsAtTie(items: readonly Item[], { query, group, lost }: Conversation): boolean {
  const tied = query !== null && !lost && 'pick' in query && query.pick !== null && group === null;
  return tied && items.some(({ tag, words }) => tag.kind === 'reference' && /\b(it|its)$/.test(words));
}

/** "what is its category?" asks for the name, "how many are in its category?" does not. */
const isIts = ({ tag, words }: Item) => tag.kind === 'reference' && /\bits$/.test(words);

/** "how many failed in it?" */
const isInIt = ({ tag, words }: Item) =>
  tag.kind === 'reference' && /^(in|of|within|inside|to) (it|there)$/.test(words);

/** "how many prompts does it have?", "how big is it?": all of them, whatever it leads by. */
function isCounted(items: readonly Item[], at: number): boolean {
  const [before, last, rest] = [items[at - 2], items[at - 1], items.slice(at + 1)];
  const ask = last?.tag.kind === 'entity' ? before : /^how (big|large)/.test(last?.words ?? '') ? last : undefined;
  const counts = ask?.tag.kind === 'ask' && ask.tag.ask === 'count';
  return counts && items[at]?.words === 'it' && rest.every(({ tag }) => tag.kind === 'light' || tag.kind === 'joint');
}

const pointsAt = ({ tag, words, to }: Item, next: Item | undefined) =>
  to === next?.from &&
  /\b(that|this|the same)$/.test(words) &&
  (tag.kind === 'reference' || (tag.kind === 'cue' && (tag.cue === 'about' || tag.cue === 'same')));

function categoryOf(before: Conversation, rows: readonly Row[]): Condition | null {
  const spoken = categorySpokenOf(before);
  if (spoken !== null) return spoken;
  const [number, ...others] = before.lost || before.query === null ? [] : before.rows;
  const category = rows.find((row) => row.number === number)?.category;
  return category == null || others.length > 0 ? null : { field: 'category', op: '=', value: category };
}

function categorySpokenOf(before: Conversation): Condition | null {
  if (before.lost || before.query === null) return null;
  if (before.group?.by === 'category') return { field: 'category', op: '=', value: before.group.key };
  const [only, ...more] = before.query.where.filter(
    (condition) => 'field' in condition && condition.field === 'category',
  );
  return only !== undefined && more.length === 0 && 'field' in only && only.op === '=' ? only : null;
}

/** "and over all categories?" after a figure of one: of all prompts, not of each category. */
export function overAllGroups(items: readonly Item[], before: Conversation): Item[] {
  const said = items.filter(({ tag }) => tag.kind !== 'joint' && tag.kind !== 'cue');
  const [all, groups, ...more] = said;
  const over = all?.tag.kind === 'all' && /^(over|across|of|in|from|for)\b/.test(all.words);
  const plural = groups?.tag.kind === 'dimension' && groups.tag.plural === true;
  return over && plural && more.length === 0 && categorySpokenOf(before) !== null
    ? items.filter((item) => item !== groups)
    : [...items];
}

/** "that category" where none was spoken of. */
export const pointsAtNoGroup = (items: readonly Item[]): boolean =>
  items.some((item, at) => {
    const next = items[at + 1];
    return (
      next?.tag.kind === 'dimension' && !next.tag.plural && /^(that|this)$/.test(item.words) && item.to === next.from
    );
  });
