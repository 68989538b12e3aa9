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

/** "did total tokens go past 1.2k?", "have we used over 2k tokens all in?": the sum over all is asked for, not rows. */
export function totalsAgainstLimit(items: Item[]): Item[] {
  const [limitFirst, amount, unit, ...rest] = items;
  const isTokens = unit?.tag.kind === 'metric' && /^(tokens|totalTokens)$/.test(unit.tag.metric);
  const summed = rest.some(({ tag }) => (tag.kind === 'aggregate' && tag.weak) || tag.kind === 'all');
  if (isTokens && summed && limitFirst?.tag.kind === 'compare' && amount?.tag.kind === 'quantity')
    return [
      { ...unit, tag: { kind: 'metric', metric: 'totalTokens' } },
      ...rest.filter(({ tag }) => tag.kind !== 'joint'),
    ];
  const [total, compare, limit] = items;
  const isTotal = total?.tag.kind === 'metric' && total.tag.metric === 'totalTokens' && /^total tok/.test(total.words);
  const ofRows = items.slice(3).some(({ tag }) => tag.kind !== 'joint' && tag.kind !== 'all');
  if (!isTotal || compare?.tag.kind !== 'compare' || limit?.tag.kind !== 'quantity' || ofRows) return items;
  return [total, ...items.slice(3)];
}

/** "the prompts of which status is not ok", "the ones whose finish reason is length": the value names its field. */
export function relativeFields(items: Item[]): Item[] {
  const fieldSaid = (at: number) => {
    const [field, value] = [items[at]?.tag, items[at + 1]?.tag];
    const state = field?.kind === 'dimension' && field.by === 'status' ? /^(status|failed)$/ : null;
    const where = value?.kind === 'filter' ? value.where : null;
    if (field?.kind !== 'dimension' || where === null) return false;
    const name = 'field' in where ? where.field : 'not' in where && 'field' in where.not ? where.not.field : '';
    return name === field.by || state?.test(name) === true;
  };
  const ofThese = (at: number) => {
    const opens = /^(of which|whose|where|with|which)\b/.test(items[at]?.words ?? '');
    return opens && items[at - 1]?.tag.kind === 'entity' && fieldSaid(at + 1);
  };
  return items.filter(
    ({ tag }, at) =>
      !(ofThese(at) && tag.kind === 'reference') &&
      !(fieldSaid(at) && /^(reference|entity|ask)$/.test(items[at - 1]?.tag.kind ?? '')),
  );
}
