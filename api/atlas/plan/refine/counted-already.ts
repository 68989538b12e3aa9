import type { Row } from '../../../contract/row.js';
import { select } from '../../select.js';
import type { Item } from '../../tags.js';
import { fieldOf } from '../conditions.js';

/** A number that says how many there are of what is named: it says nothing new. */
export const countsWhatIsNamed = (item: Item, items: readonly Item[], rows: readonly Row[]): boolean =>
  countsAllRows(item, items, rows) || countsAllGroups(item, items, rows) || countsNamed(item, items, rows);

/** "all 18 requests": the number of rows says no more than "all". */
function countsAllRows(item: Item, items: readonly Item[], rows: readonly Row[]): boolean {
  const all = items.some(({ tag }) => tag.kind === 'all' || (tag.kind === 'entity' && tag.entity === 'run'));
  return (
    (all || item.partOf === true) &&
    item.tag.kind === 'quantity' &&
    item.tag.unit === null &&
    item.tag.value === rows.length
  );
}

/** "the five python prompts": as many as there are. */
function countsNamed(item: Item, items: readonly Item[], rows: readonly Row[]): boolean {
  const next = items[items.indexOf(item) + 1]?.tag;
  const named = next?.kind === 'filter' && next.noun === true && fieldOf(next.where) === 'category';
  const limited = items[items.indexOf(item) - 1]?.tag.kind === 'compare';
  const ranked = limited || items.some(({ tag }) => tag.kind === 'order');
  if (!named || ranked || item.tag.kind !== 'quantity' || item.tag.unit !== null) return false;
  return item.tag.value === select(rows, [next.where]).length;
}

/** "our four areas": as many as there are, which says no more than "our areas". */
function countsAllGroups(item: Item, items: readonly Item[], rows: readonly Row[]): boolean {
  const next = items[items.indexOf(item) + 1]?.tag;
  if (item.tag.kind !== 'quantity' || item.tag.unit !== null || next?.kind !== 'dimension' || !next.plural)
    return false;
  const groups = new Set(rows.map((row) => row.category).filter((category) => category !== null));
  return next.by === 'category' && item.tag.value === groups.size;
}
