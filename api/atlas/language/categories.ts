import type { Tag } from '../tags.js';
import type { Place } from './place.js';
import { matchCategory, type RowWords } from './rows.js';
import type { Linked } from './search.js';
import { isHarmless } from './vocabulary.js';

/** Meanings that a category of the same name takes the words from. */
const WEAK = new Set<Tag['kind']>([
  'refused',
  'cue',
  'all',
  'waiting',
  'writing',
  'usage',
  'entity',
  'ask',
  'complement',
  'why',
  'download',
  'help',
]);

/** A category of the rows, where its name is no word of the language or a sign says that the category is meant. */
export function namedCategory({ category, phrase, reach, rowWords, tokens, text }: Place): Linked | null {
  if (!category || category.end < reach || (phrase && !category.whole)) return null;
  if (!phrase || WEAK.has(phrase.tag.kind) || phrase.end < category.end) return category;
  if (isStateOfNone(phrase.tag, rowWords)) return category;
  const counted = /^(many|much|number|average|mean|median|total|max|min|of|in|per)$/.test(text(-1));
  if (category.whole && isText(phrase.tag) && !counted) return category;
  if (phrase.tag.kind === 'summary' && category.whole && isPlural(text(0))) return category;
  const signed =
    /^(in|for|only|just|category|topic|within|from|inside|versus|vs|about|of)$/.test(text(-1)) ||
    /^(category|prompts?|ones?|questions?|topic|requests?|answers?|responses?|replies|section|area)$/.test(
      tokens[category.end]?.text ?? '',
    );
  return signed ? category : null;
}

/** "the summaries" are prompts where there is a category of them; one summary is asked for. */
const isPlural = (word: string) => /[^s]s$/.test(word);

/** "letters" may be a category, of those that are written as well as those they are written in. */
const isText = (tag: Tag) =>
  tag.kind === 'metric' && ['characters', 'words', 'text', 'length', 'attempts'].includes(tag.metric);

/** "cancellation" is a category where nothing was cancelled. */
const isStateOfNone = (tag: Tag, { statuses }: RowWords) =>
  tag.kind === 'filter' &&
  'field' in tag.where &&
  tag.where.field === 'status' &&
  tag.where.op === '=' &&
  !statuses.has(String(tag.where.value));

const IN_PLACE_OF_A_NAME =
  /^(the|a|an|this|that|same|other|whole|my|our|its|their|single|particular|specific|respective|given|right|main|prompt|said|own|any|each|every|which|what)$/;

/** "the returns category": the name of none of the categories. */
export function namesUnknownCategory({ token, text }: Place): boolean {
  return (
    token.kind === 'word' &&
    /^(category|topic|section)$/.test(text(1)) &&
    /^(the|our|my|in|for|from)$/.test(text(-1)) &&
    isHarmless(token.text) &&
    !IN_PLACE_OF_A_NAME.test(token.text)
  );
}

/** "in contracts" is where nothing is asked beside, unless a category has that name. */
export const endsWithCategory = ({ tokens, at, rowWords }: Place, end: number): boolean =>
  tokens.slice(at, end).some((_, step) => matchCategory(rowWords, tokens, at + step)?.end === end);
