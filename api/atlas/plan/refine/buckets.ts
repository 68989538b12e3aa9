import type { Item, Tag } from '../../tags.js';
import { fieldOf, sortOf } from '../conditions.js';

/** "three buckets: under 800 ms, 800 to 1200, above 1200": their number says no more than the list. */
export function namedBuckets(items: Item[]): Item[] {
  const limits = items.filter(({ tag }) => tag.kind === 'filter' && sortOf(tag.where) === 'metric');
  if (limits.length < 2) return items;
  const counts = (item: Item | undefined) =>
    item?.tag.kind === 'quantity' && item.tag.unit === null && item.tag.value === limits.length;
  const isBucket = (item: Item | undefined) =>
    item?.tag.kind === 'dimension' && /^(buckets|bins|bands|ranges|groups|classes|brackets|segments)$/.test(item.words);
  if (!items.some(counts)) return items;
  return items.filter((item, at) => {
    const named = counts(item) && (isBucket(items[at + 1]) || items[at + 1]?.tag.kind === 'ask');
    return !named && !(isBucket(item) && counts(items[at - 1]));
  });
}

/** "max latency in each group": where no groups have been spoken of, they are the categories. */
export function eachGroup(items: Item[]): Item[] {
  const spoken = items.some(({ tag }) =>
    ['filter', 'prompts', 'versus', 'compare', 'reference', 'dimension', 'text', 'quantity'].includes(tag.kind),
  );
  const measured = items.some(({ tag }) => tag.kind === 'metric' || tag.kind === 'aggregate' || tag.kind === 'order');
  if (spoken || !measured) return items;
  return items.map((item) =>
    item.tag.kind === 'each' && /\b(group|set|bunch)$/.test(item.words)
      ? { ...item, tag: { kind: 'dimension', by: 'category', each: true } }
      : item,
  );
}

/** "errors of each kind", "error breakdown by type": of error, where all errors are spoken of. */
export function kindsOfErrors(items: Item[]): Item[] {
  const states = items.filter(({ tag }) => tag.kind === 'filter' && sortOf(tag.where) === 'state');
  const named = items.some(({ tag }) => tag.kind === 'dimension' && tag.by === 'error.type');
  if (states.length === 0 && !named) return items;
  const failed = states.every(({ tag }) => tag.kind === 'filter' && fieldOf(tag.where) === 'failed');
  const kinds: Tag = failed
    ? { kind: 'dimension', by: 'error.type' }
    : { kind: 'unknown', word: 'type', english: true };
  const isKind = ({ tag, words }: Item) => tag.kind === 'dimension' && /^(type|kind|sort)s?$/i.test(words);
  return items.map((item, at) => (isKind(item) && items[at - 1]?.tag.kind === 'by' ? { ...item, tag: kinds } : item));
}
