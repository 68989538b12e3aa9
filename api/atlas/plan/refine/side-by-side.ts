import type { Item } from '../../tags.js';

const SIDE_BY_SIDE = /^(side by side|next to each other|next to one another|alongside \w+ \w+|beside \w+ \w+)/;

/** "prompts 3 and 16 side by side" holds them against each other; of groups or figures it only says how to show them. */
export function sideBySide(items: Item[]): Item[] {
  const numbers = items.flatMap(({ tag }) => (tag.kind === 'prompts' ? tag.numbers : []));
  const named = items.filter(({ tag }) => tag.kind === 'filter' && tag.noun === true);
  const measured = items.some(({ tag }) => tag.kind === 'metric' || tag.kind === 'aggregate');
  const opposed = measured && (numbers.length > 1 || named.length > 1);
  return opposed ? items : items.filter(({ tag, words }) => !(tag.kind === 'versus' && SIDE_BY_SIDE.test(words)));
}

/** "tokens, input and output separately": two figures, where the name alone would be their sum. */
export function separateTokens(items: Item[]): Item[] {
  if (summed(items)) return items.flatMap((item) => (isBoth(item) ? [...halves(item), item] : [item]));
  const apart = items.some(({ words }) => /^(separately|individually|each|apart|respectively|one by one)$/.test(words));
  if (!apart) return items;
  return items.flatMap((item): Item[] => {
    return isBoth(item) ? halves(item) : [item];
  });
}

/** "total input and output tokens": either sum may be meant, so each is told, and both together. */
const summed = (items: readonly Item[]) =>
  items.some(
    (item, at) =>
      isBoth(item) && items[at - 1]?.tag.kind === 'aggregate' && /^(the )?total/.test(items[at - 1]?.words ?? ''),
  ) && !items.some(({ tag }) => ['order', 'dimension', 'by', 'compare', 'chart'].includes(tag.kind));

/** "input and output tokens", which are not said to be added up. */
function isBoth({ tag, words }: Item): boolean {
  const both = /\b(in|input|inputs|prompt|sent)\b.*\b(out|output|outputs|completion|response|received)\b/;
  const sum = tag.kind === 'metric' && tag.metric === 'totalTokens' && both.test(words);
  return sum && !/\b(plus|total|combined|together|summed)\b|\+/.test(words);
}

const halves = (item: Item): Item[] =>
  (['inputTokens', 'outputTokens'] as const).map((metric) => ({ ...item, tag: { kind: 'metric', metric } }));
