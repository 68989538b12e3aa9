import type { Item } from '../../tags.js';

const isEnd = (item: Item | undefined) => item?.tag.kind === 'order' && !item.tag.all && !item.tag.weak;

/** "the smallest, the biggest and the distance between them": three figures of the metric that is named. */
export function endsAndDistance(items: Item[]): Item[] {
  const ends = items.filter((item) => isEnd(item) && item.tag.kind === 'order' && item.tag.metric === null);
  const directions = new Set(ends.map(({ tag }) => (tag.kind === 'order' ? tag.direction : null)));
  const distance = items.find(({ tag }) => tag.kind === 'relation' && tag.relation === 'difference');
  const measured = items.some(({ tag }) => tag.kind === 'metric');
  const named = items.some(({ tag }) => ['entity', 'prompts', 'dimension'].includes(tag.kind) || isCount(tag));
  const both = ends.length === 2 && directions.has('asc') && directions.has('desc');
  if (!both || distance === undefined || !measured || named) return items;
  return items
    .filter(({ tag }) => !['reference', 'joint', 'quantity'].includes(tag.kind))
    .map((item): Item => {
      if (item === distance) return { ...item, tag: { kind: 'aggregate', aggregates: ['range'] } };
      if (item.tag.kind !== 'order') return item;
      return { ...item, tag: { kind: 'aggregate', aggregates: [item.tag.direction === 'asc' ? 'min' : 'max'] } };
    });
}

/** Any number but the two of "between the two". */
const isCount = (tag: Item['tag']) => tag.kind === 'quantity' && (tag.value !== 2 || tag.unit !== null);

/** "not the slowest, the one behind it": the second. Where that has been said before, it says nothing new. */
export function oneBehind(items: Item[]): Item[] {
  const at = items.findIndex(({ tag }, index) => tag.kind === 'negation' && isEnd(items[index + 1]));
  const step = items.slice(at).findIndex(({ tag }) => tag.kind === 'step' && tag.by === 1) + at;
  const [denied, behind] = [items[at + 1], items[step]];
  const between = items.slice(at + 2, step).every(({ tag }) => tag.kind === 'joint' || tag.kind === 'entity');
  if (at < 0 || step <= at + 1 || !between || denied?.tag.kind !== 'order' || behind === undefined) return items;
  const { metric, direction } = denied.tag;
  const rest = [...items.slice(0, at), ...items.slice(step + 1)];
  const ranked = rest.find(isEnd);
  const second = rest.some(({ tag }) => tag.kind === 'ordinal' && tag.value === 2);
  if (ranked === undefined) return [...items.slice(0, at), secondOf(behind), denied, ...items.slice(step + 1)];
  const same = ranked.tag.kind === 'order' && ranked.tag.metric === metric && ranked.tag.direction === direction;
  return same && second ? rest : items;
}

const secondOf = (item: Item): Item => ({ ...item, tag: { kind: 'ordinal', value: 2 } });
