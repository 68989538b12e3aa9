import type { Item } from '../../tags.js';
import { fieldOf } from '../conditions.js';

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
  const at = items.findIndex(({ tag }, index) => tag.kind === 'compare' && items[index + 1]?.tag.kind === 'quantity');
  const [before, after] = [items.slice(0, at), items.slice(at + 2)];
  const named = [before.at(-1), after[0]].find((item) => item?.tag.kind === 'metric');
  if (at < 0 || named?.tag.kind !== 'metric' || !/^(tokens|totalTokens)$/.test(named.tag.metric)) return items;
  const summed =
    /^total tok/.test(named.words) || after.some(({ tag }) => tag.kind === 'aggregate' && tag.weak === true);
  const ofRows =
    before.some(({ tag }) => tag.kind === 'entity' || (tag.kind === 'ask' && tag.ask !== 'exists')) ||
    items.some(({ tag }) => tag.kind === 'filter' || tag.kind === 'prompts' || tag.kind === 'dimension');
  return summed && !ofRows ? [{ ...named, tag: { kind: 'metric', metric: 'totalTokens' } }] : items;
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
  return items
    .map(statusAtItsWord)
    .filter(
      ({ tag }, at) =>
        !(ofThese(at) && tag.kind === 'reference') &&
        !(fieldSaid(at) && /^(reference|entity|ask)$/.test(items[at - 1]?.tag.kind ?? '')),
    );
}

/** A status that is "not ok" may also be cancelled; prompts that are "not ok" have failed. */
function statusAtItsWord(item: Item, at: number, items: readonly Item[]): Item {
  const field = items[at - 1]?.tag;
  const named = field?.kind === 'dimension' && field.by === 'status';
  if (!named || item.tag.kind !== 'filter' || !/^not ok/.test(item.words)) return item;
  return { ...item, tag: { ...item.tag, where: { not: { field: 'status', op: '=', value: 'ok' } } } };
}

/** "rank them slowest to fastest": beside "rank", the two ends are an order and no range. */
export function rankedEnds(items: Item[]): Item[] {
  const ranks = items.some(({ tag }) => tag.kind === 'order' && tag.weak === true);
  if (!ranks) return items;
  return items.map((item) => {
    const first =
      /^(?:from )?(?:the )?(slow|quick|fast|long|short|high|low|larg|bigg|small|most|least|best|worst)\w* /.exec(
        item.words,
      )?.[1];
    const isRange = item.tag.kind === 'aggregate' && item.tag.aggregates.includes('range');
    if (!isRange || first === undefined) return item;
    const metric = /slow|quick|fast/.test(first) ? 'latencyMs' : /long|short/.test(first) ? 'length' : null;
    const direction = /slow|long|high|larg|bigg|most/.test(first) ? 'desc' : 'asc';
    return { ...item, tag: { kind: 'order', metric, direction, all: true } };
  });
}

/** "remove the travel filter": the word says no more than the name before it. */
export function namedFilters(items: Item[]): Item[] {
  const excludes = items.some(({ tag }) => tag.kind === 'negation' && tag.style === 'exclude');
  return items.filter(
    ({ words }, at) => !(excludes && /^(filters?|conditions?)$/.test(words) && items[at - 1]?.tag.kind === 'filter'),
  );
}

/** "are there more answers above 2 s?": others like it, where nothing is held against anything. */
export function furtherOnes(items: Item[]): Item[] {
  const held = items.some(({ tag, words }) => tag.kind === 'versus' || /\bthan$/.test(words));
  const limited = items.some(({ tag }) => tag.kind === 'quantity' || tag.kind === 'filter');
  const sides = items.filter(({ tag }) => tag.kind === 'filter').length > 1;
  if (held || sides || !limited) return items;
  return items.filter(({ tag, words }, at) => {
    const before = items[at - 1]?.tag;
    const further = tag.kind === 'compare' && words === 'more' && items[at + 1]?.tag.kind !== 'quantity';
    return !(further && before?.kind === 'ask' && before.ask === 'exists');
  });
}

/** "how many tokens did we go through": used, where prompts that "went through" were answered. */
export function goneThrough(items: Item[]): Item[] {
  return items.map((item, at) => {
    const before = items.slice(0, at).findLast(({ tag }) => tag.kind !== 'waiting');
    const through = item.tag.kind === 'filter' && /^(went|go|goes|gone|got|get) through$/.test(item.words);
    const tokens = before?.tag.kind === 'metric' && /okens$/.test(before.tag.metric);
    return through && tokens ? { ...item, tag: { kind: 'usage' } } : item;
  });
}

/** "how it came out" is a result; "how many tokens came out" are those that were written. */
export function cameOut(items: Item[]): Item[] {
  const isIdiom = ({ tag, words }: Item) => tag.kind === 'metric' && /^(came|come|comes) out$/.test(words);
  const counted = items.some(
    (item) => (item.tag.kind === 'metric' && !isIdiom(item)) || (item.tag.kind === 'ask' && item.tag.ask === 'count'),
  );
  return counted || /^how much/.test(items[0]?.words ?? '') ? items : items.filter((item) => !isIdiom(item));
}

/** "and the p99 on top" adds a figure; "slowest on top" says where a list begins. */
export function addedOnTop(items: Item[]): Item[] {
  const sorted = items.some(({ tag, words }) => tag.kind === 'order' && words !== 'on top');
  const figure = items.some(({ tag }) => tag.kind === 'aggregate');
  if (sorted || !figure) return items;
  return items.map((item) =>
    item.tag.kind === 'order' && item.words === 'on top' ? { ...item, tag: { kind: 'cue', cue: 'also' } } : item,
  );
}

/** "had to try more than once": the limit says of what it is one. */
export const limitedAlready = (items: Item[]): Item[] =>
  items.filter(({ tag, to }, at) => {
    const next = items[at + 1];
    const limit = next?.tag.kind === 'filter' && next.from === to ? fieldOf(next.tag.where) : null;
    return !(tag.kind === 'metric' && tag.metric === limit);
  });

/** "of the answers that came back, which …": an answer there is; beside a state ("that came back empty") it says how. */
export const cameBack = (items: Item[]): Item[] =>
  items.map((item, at) => {
    const [before, next] = [items[at - 1], items[at + 1]];
    const relative = before?.tag.kind === 'reference' && /^(that|which|who)$/.test(before.words);
    const ends = next === undefined || next.tag.kind === 'joint';
    const back =
      item.tag.kind === 'waiting' && /^((came|come|got|made it) (back|through)|returned|arrived)$/.test(item.words);
    return relative && ends && back
      ? { ...item, tag: { kind: 'filter', where: { field: 'status', op: '=', value: 'ok' } } }
      : item;
  });
