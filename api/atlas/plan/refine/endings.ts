import type { Item, Tag } from '../../tags.js';
import { fieldOf } from '../conditions.js';

/** "travel prompts, longest response time first": what stands first is how they are sorted, not a rank. */
export function sortedByFirst(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const [at, item] of items.entries()) {
    const ends = items[at + 1] === undefined || items[at + 1]?.tag.kind === 'joint';
    const first = item.tag.kind === 'ordinal' && item.tag.value === 1 && item.words === 'first';
    const order = first && ends ? endsWithOrder(out) : -1;
    const sorted = out[order];
    if (sorted?.tag.kind === 'order') out[order] = { ...sorted, tag: { ...sorted.tag, all: true } };
    else out.push(item);
  }
  return out;
}

/** The superlative that a piece ends with, with at most its metric or noun behind it. */
function endsWithOrder(items: readonly Item[]): number {
  const last = items.at(-1)?.tag.kind;
  const at = last === 'metric' || last === 'entity' ? items.length - 2 : items.length - 1;
  return items[at]?.tag.kind === 'order' ? at : -1;
}

/** "max latency, which prompt is it": the prompt that has it is asked for, beside the figure. */
export function ownersOfExtremes(items: Item[]): Item[] {
  const extremes = items.flatMap(({ tag }) => (tag.kind === 'aggregate' ? tag.aggregates : []));
  const ends = extremes.length > 0 && extremes.length < 3 && extremes.every((how) => how === 'max' || how === 'min');
  const metrics = items.filter(({ tag }) => tag.kind === 'metric').length;
  const otherwise = items.some(({ tag }) =>
    ['dimension', 'order', 'compare', 'by', 'each', 'versus', 'relation', 'quantity'].includes(tag.kind),
  );
  if (!ends || metrics !== 1 || otherwise || !asksWhichPrompt(items, extremes.length > 1)) return items;
  return items.flatMap((item): Item[] => {
    if (item.tag.kind !== 'aggregate') return [item];
    return item.tag.aggregates.map((how) => ({
      ...item,
      tag: { kind: 'order', metric: null, direction: how === 'max' ? 'desc' : 'asc' },
    }));
  });
}

/** "which prompt", "which response", "which one", "show which". */
const asksWhichPrompt = (items: readonly Item[], several: boolean) =>
  items.some(({ tag, words }, at) => {
    const which = tag.kind === 'ask' && /\b(which|who|what)( one)?( (is|was|has|had))?$/.test(words);
    const next = items[at + 1]?.tag;
    return (
      which && (/ one\b/.test(words) || (next?.kind === 'entity' && next.entity !== 'run' && (several || !next.plural)))
    );
  });

/** "mean tokens of finance, and how many did hr use?": how many of what, and which figure, the question before says. */
export function sharedMeasures(items: Item[]): Item[] {
  return items.flatMap((item, at): Item[] => {
    const before = items.slice(0, at);
    const measured = before.findLast(({ tag, words }) => tag.kind === 'metric' || asksHowManyUnits(tag, words));
    if (item.tag.kind !== 'ask' || item.tag.ask !== 'count' || measured === undefined) return [item];
    const rest = items.slice(at + 1);
    const end = rest.findIndex(({ tag }) => tag.kind === 'joint');
    const clause = end < 0 ? rest : rest.slice(0, end);
    const counted = clause.some(({ tag }) => ['metric', 'entity', 'compare', 'dimension'].includes(tag.kind));
    const aggregate = before.findLast(({ tag }) => tag.kind === 'aggregate');
    const figure = aggregate && !clause.some(({ tag }) => tag.kind === 'aggregate') ? [aggregate] : [];
    const moved = [measured, ...figure].map((each) => ({ ...each, from: item.from, to: item.to }));
    if (measured.tag.kind !== 'metric') return namesCategory(clause) ? moved : [item];
    const uses =
      clause.some(({ tag }) => tag.kind === 'usage' || tag.kind === 'writing') ||
      namesCategory(clause) ||
      namesEnd(clause);
    const tokens = /Tokens$|^tokens$|^words$|^characters$/.test(measured.tag.metric);
    return uses && tokens && !counted ? [item, ...moved] : [item];
  });
}

/** "how many milliseconds" */
const asksHowManyUnits = (tag: Tag, words: string) =>
  tag.kind === 'ask' && tag.ask === 'howLong' && words.startsWith('how many');

/** "… and how many for hr?" */
const namesCategory = (clause: readonly Item[]) =>
  clause.length === 1 && clause.every(({ tag }) => tag.kind === 'filter' && fieldOf(tag.where) === 'category');

/** "… and how many the shortest?" */
const namesEnd = (clause: readonly Item[]) =>
  clause.some(({ tag }) => tag.kind === 'order' && tag.metric !== null) &&
  clause.every(({ tag }) => tag.kind === 'order' || tag.kind === 'entity' || tag.kind === 'waiting');

/** "… I want to compare both": says what the figures are for, once they have been asked for. */
export function comparedAnyway(items: Item[]): Item[] {
  const stop = items.findLastIndex(({ tag }, at) => {
    const stops = tag.kind === 'joint' && tag.joint === 'stop' && at < items.length - 1;
    const wants = tag.kind === 'ask' && tag.ask === 'show' && items[at + 1]?.tag.kind === 'versus';
    return stops || wants;
  });
  const [before, last] = [items.slice(0, stop), items.slice(stop + 1)];
  const compares = last.some(({ tag, words }) => tag.kind === 'versus' && /^(compar|contrast)/.test(words));
  const nothingNew = last.every(
    ({ tag }) =>
      ['versus', 'each', 'reference', 'cue', 'joint', 'aside', 'entity'].includes(tag.kind) ||
      (tag.kind === 'ask' && (tag.ask === 'show' || tag.ask === 'list')) ||
      (tag.kind === 'quantity' && tag.unit === null && tag.value === 2),
  );
  const asked = before.some(({ tag }) => tag.kind === 'ask' || tag.kind === 'aggregate');
  const sides = before.filter(({ tag }) => tag.kind === 'filter' || tag.kind === 'metric' || tag.kind === 'prompts');
  return stop > 0 && compares && nothingNew && asked && sides.length > 1 ? before : items;
}

/** "filter out all categories except support": what is left out of what is left out is kept. */
export function exceptionsKept(items: Item[]): Item[] {
  const excludes = (item: Item | undefined) =>
    item?.tag.kind === 'negation' && item.tag.style === 'exclude' && !item.tag.after;
  const all = (item: Item | undefined) => ['all', 'dimension', 'entity'].includes(item?.tag.kind ?? '');
  const second = items.findIndex((item, at) => excludes(item) && items[at + 1]?.tag.kind === 'filter' && at > 0);
  let first = second - 1;
  while (all(items[first])) first -= 1;
  const everything =
    /^(everything|all|anything)\b/.test(items[second]?.words ?? '') ||
    items.slice(first + 1, second).some(({ tag, words }) => tag.kind === 'all' || /s$/.test(words));
  if (second < 0 || !excludes(items[first]) || !everything) return items;
  return [...items.slice(0, first), ...items.slice(second + 1)];
}

/** "By how much do they deviate?": how much is what the deviation says. */
export function deviations(items: Item[]): Item[] {
  const deviates = items.some(({ tag }) => tag.kind === 'aggregate' && tag.aggregates.join() === 'stddev');
  const sides = items.some(({ tag }) => tag.kind === 'filter' || tag.kind === 'prompts' || tag.kind === 'versus');
  if (!deviates || sides) return items;
  return items.filter(({ tag, words }) => !(tag.kind === 'relation' && /^(by )?how/.test(words)));
}

/** "truncated by the length limit": the same condition in other words, said in one breath. */
export function saidTwice(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const item of items) {
    const by = out.at(-1)?.tag.kind === 'by' ? 1 : 0;
    const last = out.at(-1 - by);
    const again =
      item.tag.kind === 'filter' &&
      last?.tag.kind === 'filter' &&
      JSON.stringify(last.tag.where) === JSON.stringify(item.tag.where);
    if (again) out.length -= by;
    else out.push(item);
  }
  return out;
}

/** "finish reason stop, and how many times length?": beside one reason to finish, the word is another. */
export function otherReasons(items: Item[]): Item[] {
  const reason = items.findIndex(
    ({ tag }) => tag.kind === 'filter' && 'field' in tag.where && tag.where.field === 'finishReason',
  );
  if (reason < 0 || items.some(({ tag }) => tag.kind === 'aggregate' || tag.kind === 'order')) return items;
  return items.map((item, at) => {
    const before = items[at - 1]?.tag;
    const parted = before?.kind === 'joint' || before?.kind === 'ask' || before?.kind === 'versus';
    const named = item.tag.kind === 'metric' && item.words === 'length' && at > reason && parted;
    return named
      ? { ...item, tag: { kind: 'filter', where: { field: 'finishReason', op: '=', value: 'length' } } }
      : item;
  });
}
