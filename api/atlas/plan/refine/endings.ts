import type { Item } from '../../tags.js';

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
  const extremes = items.filter(({ tag }) => tag.kind === 'aggregate');
  const [extreme] = extremes;
  const [how] = extreme?.tag.kind === 'aggregate' ? extreme.tag.aggregates : [];
  const single = extremes.length === 1 && (how === 'max' || how === 'min');
  const metrics = items.filter(({ tag }) => tag.kind === 'metric').length;
  const otherwise = items.some(({ tag }) =>
    ['dimension', 'order', 'compare', 'by', 'each', 'versus', 'relation', 'quantity'].includes(tag.kind),
  );
  if (!single || metrics !== 1 || otherwise || !asksWhichPrompt(items)) return items;
  return items.map((item) =>
    item === extreme
      ? { ...item, tag: { kind: 'order', metric: null, direction: how === 'max' ? 'desc' : 'asc' } }
      : item,
  );
}

/** "which prompt", "which response", "which one", "show which". */
const asksWhichPrompt = (items: readonly Item[]) =>
  items.some(({ tag, words }, at) => {
    const which = tag.kind === 'ask' && /\b(which|who|what)( one)?$/.test(words);
    const next = items[at + 1]?.tag;
    return which && (/ one$/.test(words) || (next?.kind === 'entity' && next.entity !== 'run' && !next.plural));
  });

/** "tokens of finance, and how many did hr use?": how many of what, the question before says. */
export function sharedMeasures(items: Item[]): Item[] {
  return items.flatMap((item, at): Item[] => {
    const measured = items.slice(0, at).findLast(({ tag }) => tag.kind === 'metric');
    if (item.tag.kind !== 'ask' || item.tag.ask !== 'count' || measured?.tag.kind !== 'metric') return [item];
    const rest = items.slice(at + 1);
    const end = rest.findIndex(({ tag }) => tag.kind === 'joint');
    const clause = end < 0 ? rest : rest.slice(0, end);
    const uses = clause.some(({ tag }) => tag.kind === 'usage' || tag.kind === 'writing');
    const counted = clause.some(({ tag }) => ['metric', 'entity', 'compare', 'dimension'].includes(tag.kind));
    const tokens = /Tokens$|^tokens$|^words$|^characters$/.test(measured.tag.metric);
    return uses && tokens && !counted ? [item, { ...measured, from: item.from, to: item.to }] : [item];
  });
}

/** "… I want to compare both": says what the figures are for, once they have been asked for. */
export function comparedAnyway(items: Item[]): Item[] {
  const stop = items.findLastIndex(
    ({ tag }, at) => tag.kind === 'joint' && tag.joint === 'stop' && at < items.length - 1,
  );
  const [before, last] = [items.slice(0, stop), items.slice(stop + 1)];
  const compares = last.some(({ tag, words }) => tag.kind === 'versus' && /^(compar|contrast)/.test(words));
  const nothingNew = last.every(
    ({ tag }) =>
      ['versus', 'each', 'reference', 'cue', 'joint', 'aside', 'entity'].includes(tag.kind) ||
      (tag.kind === 'ask' && (tag.ask === 'show' || tag.ask === 'list')),
  );
  const asked = before.some(({ tag }) => tag.kind === 'ask' || tag.kind === 'aggregate');
  const sides = before.filter(({ tag }) => tag.kind === 'filter' || tag.kind === 'metric' || tag.kind === 'prompts');
  return stop > 0 && compares && nothingNew && asked && sides.length > 1 ? before : items;
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
