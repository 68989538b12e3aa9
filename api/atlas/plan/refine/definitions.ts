import type { Item, Tag } from '../../tags.js';

/** What an explanation begins with. */
const EXPLAINS = new Set<Tag['kind']>(['filter', 'compare', 'negation', 'ask', 'metric', 'quantity', 'all']);

/** "the bad ones, bad = failed or above 2 s": a word that the question itself explains stands for its explanation. */
export function definitions(items: readonly Item[]): Item[] {
  const at = items.findIndex((_, index) => {
    const explained = items[index + 2];
    const explains = explained !== undefined && EXPLAINS.has(explained.tag.kind);
    return explains && isSign(items[index + 1]) && usedIn(items, index) >= 0;
  });
  if (at < 0) return [...items];
  const used = usedIn(items, at);
  const by = items[at - 1]?.words === 'by' ? at - 1 : -1;
  return items.filter((_, index) => ![used, by, at, at + 1].includes(index));
}

/** "=", "means", "I mean" */
function isSign(item: Item | undefined): boolean {
  if (item === undefined) return false;
  return (item.tag.kind === 'compare' && item.tag.op === '=') || /^(means|i mean)$/.test(item.words);
}

/** Where else the question has that word, alone or as in "bad ones". */
function usedIn(items: readonly Item[], at: number): number {
  const word = items[at]?.words ?? '';
  if (!/^[a-z]+$/.test(word)) return -1;
  return items.findIndex(({ words }, index) => index !== at && words.split(' ')[0] === word);
}
