import type { Item } from '../../tags.js';
import { excludeEachOther, fieldOf } from '../conditions.js';

const GROUP = /^(group|bunch|set|batch|cluster|pile|camp|lot|side|family|crowd|team|department)s?$/;

/** "in the travel group": the word says no more than the name. */
export function namedGroups(items: readonly Item[]): Item[] {
  return items.filter(({ tag, words, from }, at) => {
    const before = items[at - 1];
    const named = before?.tag.kind === 'filter' && before.tag.noun === true && fieldOf(before.tag.where) === 'category';
    return !(named && before.to === from && tag.kind === 'unknown' && GROUP.test(words));
  });
}

/** "how many ok requests for each failed one": the two are counted and held against each other. */
export function forEachOther(items: Item[]): Item[] {
  const each = items.findIndex(
    ({ tag, words }, at) =>
      tag.kind === 'by' && /\b(each|every|per|to)$/.test(words) && items[at + 1]?.tag.kind === 'filter',
  );
  const filters = items.flatMap(({ tag }) => (tag.kind === 'filter' ? [tag.where] : []));
  const [one, other] = filters;
  const counted = items.some(({ tag }) => tag.kind === 'ask' && tag.ask === 'count');
  const opposed = filters.length === 2 && one && other && excludeEachOther(one, other);
  const by = items[each];
  if (by === undefined || !counted || !opposed) return items;
  const versus: Item = { ...by, tag: { kind: 'versus' } };
  const second = items.findLastIndex(({ tag }) => tag.kind === 'filter');
  return items
    .flatMap((item, at) => (at === each ? [] : [item]))
    .toSpliced(each < second ? second - 1 : second, 0, versus);
}

/** "success to failure ratio": no share, as no prompt is both. */
export function ratioOfTwo(items: Item[]): Item[] {
  const filters = items.flatMap(({ tag }) => (tag.kind === 'filter' ? [tag.where] : []));
  const [one, other] = filters;
  const opposed = filters.length === 2 && one && other && excludeEachOther(one, other);
  const grouped = filters.some((where) => fieldOf(where) === 'category');
  const either = items.some(({ tag }) => tag.kind === 'joint' && tag.joint === 'or');
  if (!opposed || grouped || either) return items;
  return items.map((item) =>
    item.tag.kind === 'ask' && item.tag.ask === 'share' && /^ratio( of)?$/.test(item.words)
      ? { ...item, tag: { kind: 'relation', relation: 'ratio' } }
      : item,
  );
}
