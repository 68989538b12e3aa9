import type { Item } from '../tags.js';

/** "the three answers more long": a superlative in the word order of other languages. */
export function foreignSuperlatives(items: Item[]): Item[] {
  const sides = items.filter(({ tag }) => tag.kind === 'prompts' || tag.kind === 'filter').length;
  const compares = sides > 1 || items.some(({ tag, words }) => tag.kind === 'versus' || /\bthan\b/.test(words));
  const chosen = items.some(({ tag }) => tag.kind === 'entity' || tag.kind === 'quantity' || tag.kind === 'dimension');
  if (compares || !chosen) return items;
  return items.map((item, at) => {
    const limits = items[at + 1]?.tag.kind === 'quantity' || items[at + 1]?.tag.kind === 'aggregate';
    if (item.tag.kind !== 'compare' || limits || !/^more \w+$/.test(item.words)) return item;
    const direction = item.tag.op === '>' ? 'desc' : 'asc';
    return { ...item, tag: { kind: 'order', metric: item.tag.metric ?? null, direction } };
  });
}

/** "did total tokens go past 1.2k?": the sum over all is asked for, not the prompts that are above. */
export function totalsAgainstLimit(items: Item[]): Item[] {
  const [total, compare, limit] = items;
  const isTotal = total?.tag.kind === 'metric' && total.tag.metric === 'totalTokens' && /^total tok/.test(total.words);
  const ofRows = items.slice(3).some(({ tag }) => tag.kind !== 'joint' && tag.kind !== 'all');
  if (!isTotal || compare?.tag.kind !== 'compare' || limit?.tag.kind !== 'quantity' || ofRows) return items;
  return [total, ...items.slice(3)];
}
