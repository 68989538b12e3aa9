import type { Item, Tag } from '../../tags.js';

/** Meanings that a light verb may only help to say: "which came back empty". */
const SAYS_NOTHING = new Set<Tag['kind']>([
  'light',
  'reference',
  'entity',
  'cue',
  'each',
  'all',
  'courtesy',
  'waiting',
]);

/**
 * "the fastest that said something", "which got there in the end?": a clause of nothing but light words says what is
 * not read here. Beside a meaning ("which came back empty") the same words say nothing of their own.
 */
export function unreadClauses(items: readonly Item[]): Item[] {
  return items.flatMap((item, at) => {
    if (!opensClause(item) || isPronoun(item, items[at - 1])) return [];
    const rest = items.slice(at + 1);
    const end = rest.findIndex((next) => next.tag.kind === 'joint' || opensClause(next));
    const clause = end < 0 ? rest : rest.slice(0, end);
    return clause.every(({ tag }) => SAYS_NOTHING.has(tag.kind))
      ? clause.filter(({ tag }) => tag.kind === 'light')
      : [];
  });
}

export const withoutLight = (items: readonly Item[]): Item[] => items.filter(({ tag }) => tag.kind !== 'light');

/** In "which category does that belong to" it is no relative: a verb parts it from the noun. */
const isPronoun = ({ words, from }: Item, before: Item | undefined) =>
  words === 'that' && before?.tag.kind === 'dimension' && before.to < from;

const opensClause = ({ tag, words }: Item) =>
  (tag.kind === 'ask' && tag.ask === 'which') || (tag.kind === 'reference' && /^(that|who|which)$/.test(words));

const BOUNDS = new Set<Tag['kind']>(['quantity', 'filter', 'prompts', 'metric', 'aggregate', 'dimension', 'entity']);

/** "the wait between those attempts", "… the first and the last prompt": between things that are no limits. */
export function openBetweens(items: readonly Item[]): Item[] {
  if (items.some(({ tag }) => tag.kind === 'relation' || tag.kind === 'versus' || tag.kind === 'order')) return [];
  return items.filter(
    ({ tag }, at) =>
      tag.kind === 'compare' && tag.op === 'between' && !BOUNDS.has(items[at + 1]?.tag.kind ?? 'unknown'),
  );
}
