import type { Item } from '../../tags.js';
import { merged } from './merge.js';

const MOST_PROMPTS = 20;
const isNumber = (item: Item | undefined) =>
  item?.tag.kind === 'quantity' &&
  item.tag.unit === null &&
  Number.isInteger(item.tag.value) &&
  item.tag.value > 0 &&
  item.tag.value <= MOST_PROMPTS;
const joins = (item: Item | undefined) =>
  item?.tag.kind === 'versus' || (item?.tag.kind === 'joint' && item.tag.joint !== 'stop' && item.tag.joint !== 'then');
const compares = (item: Item | undefined) =>
  item?.tag.kind === 'compare' && !item.tag.after && item.tag.op !== 'between';

/** "10 or 11, which was quicker", "out of 6, 8 and 16", "is 4 slower than 3": bare numbers to choose from are prompts. */
export function chosenNumbers(items: Item[]): Item[] {
  const from = items.findIndex(isNumber);
  if (from < 0) return items;
  let to = from;
  while (joins(items[to + 1]) && isNumber(items[to + 2])) to += 2;
  if (to === from) return comparedNumbers(items, from);
  const others = items.filter((_, at) => at < from || at > to);
  const chooses = others.some(
    (item, at) => (item.tag.kind === 'order' && !item.tag.all) || (compares(item) && !limits(others, at)),
  );
  const before = items[from - 1];
  const limited =
    before !== undefined &&
    (compares(before) || ['order', 'metric', 'negation', 'pick', 'ordinal'].includes(before.tag.kind));
  const counted = ['metric', 'entity', 'dimension', 'filter', 'waiting'].includes(items[to + 1]?.tag.kind ?? '');
  const among = others.some(({ tag }) => ['quantity', 'prompts', 'dimension'].includes(tag.kind));
  const between = before?.tag.kind === 'compare' && before.tag.op === 'between';
  if (!chooses || limited || counted || among || (between && measured(items[from - 2]))) return items;
  const listed = items.slice(from, to + 1);
  const numbers = listed.flatMap(({ tag }) => (tag.kind === 'quantity' ? [tag.value] : []));
  return [
    ...items.slice(0, between ? from - 1 : from),
    merged({ kind: 'prompts', numbers }, listed),
    ...items.slice(to + 1),
  ];
}

/** "is 4 slower than 3" */
function comparedNumbers(items: Item[], from: number): Item[] {
  const [than, other] = [items[from + 1], items[from + 2]];
  const alone = items.slice(0, from).every(({ tag }) => tag.kind === 'ask' || tag.kind === 'aside');
  const ends = items[from + 3] === undefined || items[from + 3]?.tag.kind === 'joint';
  if (!compares(than) || !/than$/.test(than?.words ?? '') || !isNumber(other) || !alone || !ends) return items;
  return items.map((item, at) => (at === from || at === from + 2 ? asPrompt(item) : item));
}

const asPrompt = (item: Item): Item =>
  item.tag.kind === 'quantity' ? { ...item, tag: { kind: 'prompts', numbers: [item.tag.value] } } : item;
const measured = (item: Item | undefined) => item?.tag.kind === 'metric';
const limits = (items: readonly Item[], at: number) =>
  items[at + 1]?.tag.kind === 'quantity' || items[at + 1]?.tag.kind === 'aggregate';

/** "out of 6, 8 and 16", "out of travel and hr": what is chosen from, and nothing that is left out. */
export function chosenFrom(items: Item[]): Item[] {
  return items.filter(({ tag, words, to }, at) => {
    const opens = at === 0 || items[at - 1]?.tag.kind === 'joint' || items[at - 1]?.tag.kind === 'ask';
    const of = items[at + 1]?.from === to + 1;
    return !(tag.kind === 'negation' && words === 'out' && opens && of);
  });
}
