import type { Item } from '../../tags.js';

/** "the 80th percentile of latency and the 20th as well": after a percentile, a bare ordinal is another one. */
export function percentilesAgain(items: Item[]): Item[] {
  return items.map((item, at) => {
    if (item.tag.kind !== 'ordinal' || item.tag.value < 1 || item.tag.value > 99) return item;
    const figure = items.slice(0, at).findLast(({ tag }) => tag.kind === 'aggregate')?.tag;
    const percentile = figure?.kind === 'aggregate' && figure.aggregates.every((each) => /^p\d/.test(each));
    const listed = items[at - 1]?.tag.kind === 'joint';
    const next = items[at + 1]?.tag;
    const ends = next === undefined || next.kind === 'joint' || next.kind === 'cue';
    return percentile && listed && ends
      ? { ...item, tag: { kind: 'aggregate', aggregates: [`p${item.tag.value}`] } }
      : item;
  });
}
