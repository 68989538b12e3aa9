import type { Item, Tag } from '../../tags.js';

const ADJECTIVE =
  /\b(slow|fast|quick|rapid|snappy|sluggish|laggy|long|short|lengthy|brief|big|small|large|tiny|huge|wordy|verbose|terse)\b/;
const EXPLAINS = /^(meaning|i\.?e\.?|that is|as in|so|say|namely|i mean|\()$/;

/** "slow answers (over 1000 ms)", "fast, meaning below 800 ms": the limit says what the adjective stands for. */
export function glossed(items: readonly Item[]): Item[] {
  const at = items.findIndex((item, index) => isVague(item) && explanationAt(items, index) !== null);
  const [item, from] = [items[at], explanationAt(items, at)];
  if (item === undefined || from === null) return [...items];
  const closed = items.findIndex(({ words }, index) => index > from && words === ')');
  const noun = item.words.replace(ADJECTIVE, '').trim();
  const left: Item[] = /^(answers|replies|responses|prompts|requests|questions|ones)$/.test(noun)
    ? [{ ...item, tag: entityOf(noun), words: noun }]
    : [];
  return [
    ...items.slice(0, at),
    ...left,
    ...items.slice(at + 1).filter((_, index) => !isMark(items, at, from, closed, index + at + 1)),
  ];
}

const entityOf = (noun: string): Tag => ({
  kind: 'entity',
  entity: noun === 'ones' ? 'one' : /^(answers|replies|responses)$/.test(noun) ? 'response' : 'prompt',
  plural: true,
});

/** Words between the adjective and its limit that only say that this is what it means; and the closing bracket. */
const isMark = (items: readonly Item[], at: number, from: number, closed: number, index: number) =>
  index === closed || (index > at && index < from && items[index]?.tag.kind !== 'entity');

const isVague = ({ tag, words }: Item) =>
  ADJECTIVE.test(words) && (tag.kind === 'unknown' || (tag.kind === 'order' && !/est\b|most|least|top/.test(words)));

/** Where the limit begins that explains the adjective; null where none does. */
function explanationAt(items: readonly Item[], at: number): number | null {
  let next = at + 1;
  let explained = false;
  while (next < items.length) {
    const { tag, words } = items[next] as Item;
    if (tag.kind === 'compare') break;
    explained ||= EXPLAINS.test(words);
    if (tag.kind !== 'entity' && tag.kind !== 'joint' && !EXPLAINS.test(words)) return null;
    next += 1;
  }
  const limit = items[next + 1]?.tag;
  return explained && items[next]?.tag.kind === 'compare' && limit?.kind === 'quantity' && limit.unit !== null
    ? next
    : null;
}
