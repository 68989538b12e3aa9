import type { Item } from '../../tags.js';
import { merged } from './merge.js';

/** "show 9", "pull up 13", "did 18 go through?": the prompt of that number; a small number could as well be how many. */
export function shownByNumber(items: Item[]): Item[] {
  const [verb, number, ...rest] = items.filter(({ tag }) => tag.kind !== 'joint');
  const asksOfOne =
    verb?.tag.kind === 'quantity' && verb.from === 1 && number?.tag.kind === 'filter' && rest.length === 0;
  if (asksOfOne && verb.tag.kind === 'quantity' && verb.tag.unit === null && verb.tag.value > LARGEST_COUNT)
    return [{ ...verb, tag: { kind: 'prompts', numbers: [verb.tag.value] } }, number];
  const shows = verb?.tag.kind === 'ask' && (verb.tag.ask === 'list' || verb.tag.ask === 'show');
  if (!shows || number?.tag.kind !== 'quantity' || rest.length > 0) return items;
  const { value, unit } = number.tag;
  const opens = /^(open|pull|bring|look|view|see|read)/.test(verb.words);
  if (unit !== null || !Number.isInteger(value) || (value <= LARGEST_COUNT && !opens)) return items;
  return [verb, { ...number, tag: { kind: 'prompts', numbers: [value] } }];
}
const LARGEST_COUNT = 5;

/** "17 failed, what was its error?": more is asked of the prompt that was named by its number. */
export function numberedSubjects(items: Item[]): Item[] {
  const [first, state, ...rest] = items;
  const number = numberOf(first);
  const asksOfIt =
    rest.some(({ tag }) => tag.kind === 'reference' && tag.number === 'one') &&
    rest.every(({ tag }) => ['reference', 'filter', 'dimension', 'why', 'joint'].includes(tag.kind));
  if (first === undefined || state?.tag.kind !== 'filter' || number === null || number <= LARGEST_COUNT) return items;
  return asksOfIt ? [promptOf(first, number), state, ...rest] : items;
}

/** A whole number without a unit, which may be a prompt's. */
const numberOf = (item: Item | undefined) =>
  item?.tag.kind === 'quantity' && item.tag.unit === null && Number.isInteger(item.tag.value) && item.tag.value > 0
    ? item.tag.value
    : null;

const promptOf = (item: Item, number: number): Item => ({ ...item, tag: { kind: 'prompts', numbers: [number] } });

/** "6 please, the prompt", "the prompt, 6": set apart, the number is the prompt's and no count of prompts. */
export function numberedApart(items: Item[]): Item[] {
  const said = items.filter(({ tag }) => tag.kind !== 'joint' && !(tag.kind === 'ask' && tag.ask === 'show'));
  const [first, second, ...rest] = said;
  const apart = first !== undefined && second !== undefined && items.indexOf(second) - items.indexOf(first) > 1;
  const pair = [first, second];
  const named = pair.find((item) => item?.tag.kind === 'entity' && item.tag.entity === 'prompt' && !item.tag.plural);
  const counted = pair.find((item) => item !== named);
  const number = numberOf(counted);
  return apart && rest.length === 0 && named && counted && number !== null ? [promptOf(counted, number)] : items;
}

/** "the next one, 6": the number says which one that is. */
export function numberedSteps(items: Item[]): Item[] {
  const step = items.findIndex(({ tag }) => tag.kind === 'step');
  const after = items.slice(step + 1).filter(({ tag }) => tag.kind !== 'joint');
  const [named, ...more] = after;
  const number = numberOf(named);
  if (step < 0 || named === undefined || more.length > 0) return items;
  if (named.tag.kind === 'prompts') return [...items.slice(0, step), named];
  return number === null ? items : [...items.slice(0, step), promptOf(named, number)];
}

/** "latency of 4 and 16", "how long did 4 and 16 take": a figure of prompts, since nothing else has a number here. */
export function figuresOfNumbers(items: Item[]): Item[] {
  const from = items.findIndex((item) => numberOf(item) !== null);
  const [first, before, owner] = [
    items[from],
    items[from - 1]?.tag,
    items.findIndex(({ tag }) => tag.kind === 'entity'),
  ];
  const timed = before?.kind === 'ask' && before.ask === 'howLong';
  if (first === undefined || owner >= 0 || !(timed || (before?.kind === 'metric' && first.partOf === true)))
    return items;
  let end = from + 1;
  while (items[end]?.tag.kind === 'joint' && numberOf(items[end + 1]) !== null) end += 2;
  const named = items.slice(from, end);
  const rest = [...items.slice(0, from), ...items.slice(end)].filter(({ tag }) => tag.kind !== 'joint');
  if (!rest.every(({ tag }) => ['metric', 'ask', 'waiting', 'versus', 'all'].includes(tag.kind))) return items;
  if (items[end]?.tag.kind === 'metric' || named.some(({ words }) => /\D/.test(words) && /^\d/.test(words)))
    return items;
  const numbers = named.flatMap((item) => numberOf(item) ?? []);
  return [...items.slice(0, from), merged({ kind: 'prompts', numbers }, named), ...items.slice(end)];
}

/** "why's 17 dead", "what error did 17 give": a reason is asked of a prompt; a small number may as well be how many. */
export function reasonsByNumber(items: Item[]): Item[] {
  return items.map((item, at) => {
    const number = numberOf(item);
    const next = items[at + 1]?.tag.kind;
    const before = items[at - 1]?.tag;
    const reason = before?.kind === 'why' || (before?.kind === 'dimension' && before.by === 'error.type');
    const asked = reason && next !== 'entity' && next !== 'metric' && next !== 'compare';
    return asked && number !== null && number > LARGEST_COUNT ? promptOf(item, number) : item;
  });
}

/** "how long did 16 take?", "how slow was 16?", "how many tokens did 16 use?": what a verb parts from a figure has it. */
export function figuresByNumber(items: Item[]): Item[] {
  return items.map((item, at) => {
    const [before, number, next] = [items[at - 1], numberOf(item), items[at + 1]];
    if (before === undefined || number === null) return item;
    const ends = next === undefined || (next.tag.kind === 'joint' && next.tag.joint === 'stop');
    const verb = next?.tag.kind === 'waiting' || next?.tag.kind === 'usage' || next?.tag.kind === 'writing';
    const asked = before.to === item.from && /^how .*\b(did|was|is|does)$/.test(before.words) && (ends || verb);
    const parted = before.tag.kind === 'metric' && item.from > before.to && verb && number > LARGEST_COUNT;
    return asked || parted ? promptOf(item, number) : item;
  });
}
