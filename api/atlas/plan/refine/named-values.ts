import type { Item } from '../../tags.js';

/** "tokens: input and output separately": beside the input, the output is counted too. */
export function tokenPairs(items: Item[]): Item[] {
  return items.map((item, at) => {
    const output = item.tag.kind === 'entity' && /^(the )?outputs?$/.test(item.words);
    const paired = [1, -1].some((step) => isListing(items[at + step]) && isInput(items[at + 2 * step]));
    return output && paired ? { ...item, tag: { kind: 'metric', metric: 'outputTokens' } } : item;
  });
}

const isInput = (item: Item | undefined) => item?.tag.kind === 'metric' && item.tag.metric === 'inputTokens';
const isListing = (item: Item | undefined) =>
  item?.tag.kind === 'versus' || (item?.tag.kind === 'joint' && item.tag.joint !== 'stop' && item.tag.joint !== 'then');

/** "finish reason 'stop'": the field is named once more by its value. */
export function valuesNamed(items: Item[]): Item[] {
  return items.filter((item, at) => {
    if (item.tag.kind !== 'dimension' || item.tag.by === 'category' || items[at - 1]?.tag.kind === 'by') return true;
    const next = items[at + 1]?.tag;
    return !(next?.kind === 'filter' && 'field' in next.where && next.where.field === item.tag.by);
  });
}

/** "show everything but claims", "all prompts but 3": what follows is left out. */
export function allBut(items: Item[]): Item[] {
  return items.map((item, at) => {
    if (item.tag.kind !== 'joint' || !/^but$/.test(item.words)) return item;
    const [before, next, after] = [items[at - 1], items[at + 1], items[at + 2]];
    const named = next?.tag.kind === 'prompts' || (next?.tag.kind === 'filter' && next.tag.noun === true);
    const only = after?.tag.kind === 'cue' && after.tag.cue === 'only';
    const counted = before?.tag.kind === 'entity' ? items[at - 2] : before;
    const all = /\b(all|everything|anything|every|everyone)$/.test(counted?.words ?? '');
    return named && all && !only ? { ...item, tag: { kind: 'negation', style: 'exclude' } } : item;
  });
}
