import type { Item } from '../../tags.js';

/** "ok, complete, untruncated": among states, "complete" is one of them, and no word for taking time. */
export function listedStates(items: Item[]): Item[] {
  return items.map((item, at) => {
    const state = item.tag.kind === 'waiting' && /^(complete|finished)$/.test(item.words);
    const listed = [-1, 1].some(
      (side) => items[at + side]?.tag.kind === 'joint' && items[at + 2 * side]?.tag.kind === 'filter',
    );
    return state && listed
      ? { ...item, tag: { kind: 'filter', where: { field: 'incomplete', op: '=', value: false } } }
      : item;
  });
}
