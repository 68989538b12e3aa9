import type { Row } from '../../../contract/row.js';
import type { Condition, Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';
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
  return out;
}

/** "what is its category?" asks for the name, "how many are in its category?" does not. */
const isIts = ({ tag, words }: Item) => tag.kind === 'reference' && /\bits$/.test(words);

const pointsAt = ({ tag, words, to }: Item, next: Item | undefined) =>
  to === next?.from &&
  /\b(that|this|the same)$/.test(words) &&
  (tag.kind === 'reference' || (tag.kind === 'cue' && (tag.cue === 'about' || tag.cue === 'same')));

function categoryOf(before: Conversation, rows: readonly Row[]): Condition | null {
  if (before.lost || before.query === null) return null;
  if (before.group?.by === 'category') return { field: 'category', op: '=', value: before.group.key };
  const [only, ...more] = before.query.where.filter(
    (condition) => 'field' in condition && condition.field === 'category',
  );
  if (only !== undefined && more.length === 0 && 'field' in only && only.op === '=') return only;
  const [number, ...others] = before.rows;
  const category = rows.find((row) => row.number === number)?.category;
  return category == null || others.length > 0 ? null : { field: 'category', op: '=', value: category };
}

/** "that category" where none was spoken of. */
export const pointsAtNoGroup = (items: readonly Item[]): boolean =>
  items.some((item, at) => {
    const next = items[at + 1];
    return (
      next?.tag.kind === 'dimension' && !next.tag.plural && /^(that|this)$/.test(item.words) && item.to === next.from
    );
  });
