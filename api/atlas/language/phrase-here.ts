import type { Item, Tag } from '../tags.js';
import { matchCategory, matchPromptWords, type RowWords } from './rows.js';
import type { Token } from './tokens.js';
import { isHarmless, isNoise, isServed, matchPhrase } from './vocabulary.js';

/** The longest phrase of the vocabulary that begins here, unless its words belong to what stands around them. */
export function phraseHere(tokens: readonly Token[], at: number, before: readonly Item[], rowWords: RowWords) {
  const phrase = withoutPlace(withoutAdjective(phraseAt(tokens, at, before), tokens, at), tokens, at, rowWords);
  const gives = phrase !== null && (endsInName(phrase, tokens, rowWords) || isNamed(phrase, tokens, at, rowWords));
  return gives ? null : phrase;
}

/** "a user question" is any, "the passengers question" is the one that has the word. */
function isNamed({ tag }: { tag: Tag }, tokens: readonly Token[], at: number, rowWords: RowWords): boolean {
  const one = tag.kind === 'entity' && !tag.plural && isServed(tokens[at]?.text ?? '');
  return one && tokens[at - 1]?.text === 'the' && matchPromptWords(rowWords, tokens, at) !== null;
}

/** "for the customer" is beside the question, but "for the customer letter" and "for patients" name what the rows have. */
function endsInName({ tag, end }: { tag: Tag; end: number }, tokens: readonly Token[], rowWords: RowWords): boolean {
  if (tag.kind !== 'courtesy' || !isServed(tokens[end - 1]?.text ?? '')) return false;
  const ownEnd = matchPromptWords(rowWords, tokens, end - 1)?.end ?? end;
  return (
    ownEnd > end || matchCategory(rowWords, tokens, end - 1) !== null || NAMES_PROMPT.test(tokens[end]?.text ?? '')
  );
}

const NAMES_PROMPT = /^(one|ones|prompts?|questions?|quer(y|ies)|requests?)$/;

/** "20 words and under" limits the number before it, "20 words and under 2 s" the one behind. */
function phraseAt(tokens: readonly Token[], at: number, before: readonly Item[]) {
  if (isNamedByCategory(tokens, at, before)) return matchPhrase(tokens, at, ({ kind }) => kind === 'entity');
  const isAfter = (tag: Tag) => tag.kind === 'compare' && tag.after === true;
  const limits = endsLimit(before) ? matchPhrase(tokens, at, isAfter) : null;
  if (limits !== null && endsPart(tokens[limits.end])) return limits;
  const counts = tokens.slice(at, at + 5).some(({ text }) => /^(counts?|lengths?|limits?)$/.test(text));
  const admits = (tag: Tag) => (!isAfter(tag) || endsLimit(before)) && !(counts && isWordBefore(tag));
  const phrase = matchPhrase(tokens, at, admits);
  const numberFollows = phrase !== null && isAfter(phrase.tag) && tokens[phrase.end]?.kind === 'number';
  if (numberFollows) return matchPhrase(tokens, at, (tag) => !isAfter(tag));
  return phrase !== null && (givesWay(phrase, tokens, at) || breaksNoun(phrase, tokens, at)) ? null : phrase;
}

/** Nothing more is said of the number: "2 s max", not "2 s max latency". */
const endsPart = (token: Token | undefined) =>
  token === undefined ||
  token.kind === 'symbol' ||
  /^(and|or|but|in|of|for|which|that|per|please|pls)$/.test(token.text);

/** "that word", but not in "that word count". */
const isWordBefore = (tag: Tag) => tag.kind === 'text' && tag.texts.length === 0;

/** "the baggage questions for me": prompts of that category, which ask nothing back. */
function isNamedByCategory(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
  const last = before.at(-1);
  const where = last?.tag.kind === 'filter' && last.to === at ? last.tag.where : null;
  const category = where !== null && 'field' in where && where.field === 'category';
  return category && /^(questions?|quer(y|ies)|requests?)$/.test(tokens[at]?.text ?? '');
}

/** "how long did | the last question take": what lasts does not stand before a noun. */
function withoutAdjective(phrase: ReturnType<typeof phraseAt>, tokens: readonly Token[], at: number) {
  const end = phrase?.end ?? at;
  const last = end > at + 2 && tokens[end - 1]?.text === 'last' && tokens[end - 2]?.text === 'the';
  return last ? matchPhrase(tokens.slice(0, end - 2), at) : phrase;
}

/** "average tokens in tech": the "in" belongs to the category, and no input is spoken of. */
function withoutPlace(phrase: ReturnType<typeof phraseAt>, tokens: readonly Token[], at: number, rowWords: RowWords) {
  const place = phrase?.tag.kind === 'metric' && phrase.end > at + 1 && tokens[phrase.end - 1]?.text === 'in';
  return phrase && place && matchCategory(rowWords, tokens, phrase.end)?.whole
    ? matchPhrase(tokens.slice(0, phrase.end - 1), at)
    : phrase;
}

/** "what is the | response time": asks for no response. */
function breaksNoun({ tag, end }: { tag: Tag; end: number }, tokens: readonly Token[], at: number): boolean {
  if (tag.kind !== 'entity' || tag.wording !== true) return false;
  return tokens.slice(at + 1, end).some((_, step) => (matchPhrase(tokens, at + 1 + step)?.end ?? 0) > end);
}

/** "needed | more than one go": a harmless word does not take the beginning of a longer meaning away. "Apart from" does. */
function givesWay(phrase: { tag: Tag; end: number }, tokens: readonly Token[], at: number): boolean {
  const overlaps = phrase.end > at + 1;
  if (phrase.tag.kind === 'negation' || !overlaps || !isHarmless(tokens[at]?.text ?? '')) return false;
  const next = matchPhrase(tokens, at + 1);
  return (
    next !== null &&
    /^(filter|metric|order|summary)$/.test(next.tag.kind) &&
    next.end > phrase.end &&
    (next.end - at - 1 > phrase.end - at || isNoise(tokens[at]?.text ?? ''))
  );
}

/** "or more" makes a limit of the number before it. */
function endsLimit(before: readonly Item[]): boolean {
  const [last, beforeLast] = [before.at(-1)?.tag.kind, before.at(-2)?.tag.kind];
  return last === 'quantity' || (last === 'metric' && beforeLast === 'quantity');
}
