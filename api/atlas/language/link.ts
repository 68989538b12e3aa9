import type { Row } from '../../contract/row.js';
import type { Item, Reading, Tag } from '../tags.js';
import { knownAsker } from './askers.js';
import { deniedWord } from './denied-words.js';
import { costsInTokens, flagsCompleted } from './flags.js';
import { readLiteral } from './literals.js';
import { readNeighbour } from './neighbours.js';
import { quotedReason } from './reasons.js';
import { asksToRepeat } from './repeats.js';
import { matchCategory, matchPromptWords, type RowWords, wordsOfRows } from './rows.js';
import { saidInside, saidSomewhere } from './said-words.js';
import {
  containedWord,
  courtesySought,
  type Linked,
  promptText,
  saidByResponses,
  saidInResponses,
  search,
  searchedWith,
  withNotWithout,
  wordInText,
  writtenInAnswers,
} from './search.js';
import { mendSpelling } from './spelling.js';
import { heard } from './spoken.js';
import { pointsThere } from './there.js';
import { normalise, type Token, tokenise } from './tokens.js';
import { plainVerbs } from './verbs.js';
import { isEnglish, isHarmless, isLight, isNoise, lexiconWords, matchOpener, matchPhrase } from './vocabulary.js';

const PUNCTUATION: Record<string, 'comma' | 'slash' | 'stop'> = {
  ',': 'comma',
  '/': 'slash',
  '.': 'stop',
  '?': 'stop',
  '!': 'stop',
  ';': 'stop',
  ':': 'comma',
  '\n': 'stop',
  '-': 'comma',
  '(': 'comma',
  ')': 'comma',
};

/** Reads a question word for word: the longest meaning at each place, and every word that has none. */
export function readQuestion(question: string, rows: readonly Row[]): Reading {
  const raw = normalise(question);
  const rowWords = wordsOfRows(rows);
  const written = heard(
    tokenise(raw),
    raw,
    (word) => lexiconWords.has(word) || rowWords.categoryWords.has(word),
    rowWords.categoryWords,
  );
  const { tokens: spelled, corrections } = mendSpelling(written, rowWords.known);
  const tokens = plainVerbs(spelled);
  const items: Item[] = [];
  let at = 0;
  while (at < tokens.length) {
    const { tag, end } = linkAt(tokens, at, raw, rowWords, items);
    if (tag !== null && tag.kind !== 'courtesy')
      items.push({
        tag: inPlace(tag, tokens, end),
        words: raw.slice(tokens[at]?.start, tokens[end - 1]?.end),
        from: at,
        to: end,
        ...(isPartOf(tokens, at) ? { partOf: true } : {}),
        ...(/^(other|remaining|further)$/.test(tokens[at - 1]?.text ?? '') ? { other: true } : {}),
      });
    const those = tag?.kind === 'metric' ? spokenOf(tokens.slice(at, end)) : undefined;
    if (those)
      items.push({ tag: { kind: 'reference', number: 'many', weak: true }, words: those.text, from: end, to: end });
    at = Math.max(end, at + 1);
  }
  return { items: costsInTokens(flagsCompleted(items)), corrections, words: tokens.map(({ text }) => text) };
}

/** "in contracts" is where nothing is asked beside, unless a category has that name. */
const endsWithCategory = (rowWords: RowWords, tokens: readonly Token[], from: number, end: number) =>
  tokens.slice(from, end).some((_, after) => matchCategory(rowWords, tokens, from + after)?.end === end);

/** The "they" of "how long did they take": whose time is asked for. */
const spokenOf = (tokens: readonly Token[]) => tokens.find(({ text }) => /^(they|them|those|these)$/.test(text));

/** "600 to 800 ms", "100 to 150 characters" */
function joinsRange(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
  const last = before.at(-1);
  if (tokens[at]?.text !== 'to' || last?.tag.kind !== 'quantity' || last.to !== at) return false;
  const upper = readLiteral(tokens, at + 1);
  if (upper?.tag.kind !== 'quantity') return false;
  return upper.tag.unit !== null || matchPhrase(tokens, upper.end)?.tag.kind === 'metric';
}

/** "the answer for “Cancel my subscription”": a quotation of a prompt names it, unless the words are sought in the answers. */
function quotedText(text: string, tokens: readonly Token[], at: number, rowWords: RowWords): Tag {
  const before = tokens[at - 1]?.text ?? '';
  const names = /^(for|to|on|about|asked|prompt|question|request|query|one|did|was|does|the)$/.test(before);
  const field = names && rowWords.quotesPrompt(text) ? 'prompt' : 'either';
  return { kind: 'text', texts: [text], field, negated: false };
}

/** "of the successful ones" */
function isPartOf(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (/^(the|all|our|my|those|these)$/.test(tokens[before]?.text ?? '')) before -= 1;
  return /^(of|among|amongst)$/.test(tokens[before]?.text ?? '');
}

function linkAt(
  tokens: readonly Token[],
  at: number,
  raw: string,
  rowWords: RowWords,
  before: readonly Item[],
): Linked {
  const token = tokens[at];
  if (token === undefined) return { tag: null, end: at + 1 };
  const said = saidSomewhere(tokens, at, raw) ?? saidInside(tokens, at, raw);
  if (said) return said;
  const denied = deniedWord(tokens, at, raw, before, rowWords);
  if (denied) return denied;
  const held = wordInText(tokens, at, raw) ?? withNotWithout(tokens, at, raw, rowWords);
  if (held) return held;
  const word = quotedReason(tokens, at) ?? pointsThere(tokens, at);
  if (word) return { tag: word, end: at + 1 };
  if (token.kind === 'quote') return { tag: quotedText(token.text, tokens, at, rowWords), end: at + 1 };
  if (joinsRange(tokens, at, before)) return { tag: { kind: 'joint', joint: 'comma' }, end: at + 1 };
  if (asksToRepeat(tokens, at)) return { tag: { kind: 'refused', topic: 'action' }, end: at + 1 };
  const asker = knownAsker(tokens, at, rowWords);
  if (asker) return asker;
  const polite = courtesySought(tokens, at, raw);
  if (polite) return polite;
  const remark = startsClause(before, at) && !picksFrom(tokens, at, before) ? matchOpener(tokens, at) : null;
  const opener = remark && endsWithCategory(rowWords, tokens, at, remark.end) ? null : remark;
  const phrase = withoutPlace(phraseAt(tokens, at, before), tokens, at, rowWords);
  const literal = readNeighbour(tokens, at) ?? readLiteral(tokens, at);
  const category = matchCategory(rowWords, tokens, at);
  const own = matchPromptWords(rowWords, tokens, at);
  const reach = Math.max(phrase?.end ?? 0, literal?.end ?? 0);

  if (
    category &&
    category.end >= reach &&
    (category.whole || !phrase) &&
    namesCategory(category, phrase, tokens, at, rowWords)
  )
    return category;
  if (own && (saidInResponses(tokens, own.end) || saidByResponses(tokens, at, before)))
    return {
      tag: {
        kind: 'text',
        texts: [raw.slice(token.start, tokens[own.end - 1]?.end)],
        field: 'response',
        negated: false,
      },
      end: own.end,
    };
  const groups =
    before.at(-1)?.tag.kind === 'by' &&
    before.at(-1)?.to === at &&
    /^(per|each|every|by|across)$/.test(tokens[at - 1]?.text ?? '');
  if (
    own &&
    !groups &&
    own.end > Math.max(reach, category?.end ?? 0) &&
    !isEnglishAside(before) &&
    !isOfTheWorld(tokens, at)
  )
    return { tag: promptText(own), end: own.end };
  if (
    own &&
    (phrase?.tag.kind === 'refused' || phrase?.tag.kind === 'export') &&
    own.end >= phrase.end &&
    /^(one|prompt|question|response|answer|reply)$/.test(tokens[own.end]?.text ?? '')
  )
    return { tag: promptText(own), end: own.end };
  if (opener && (opener.end > reach || (opener.end === reach && phrase?.tag.kind === 'courtesy'))) return opener;
  if (literal && literal.end >= reach) return literal;
  if (endsRemark(tokens, at, before)) return { tag: { kind: 'joint', joint: 'comma' }, end: at + 1 };
  const including =
    phrase?.tag.kind === 'inclusion' && !phrase.tag.after
      ? containedWord(tokens, phrase.end, raw, rowWords, before)
      : null;
  if (including) return including;
  if (phrase?.tag.kind === 'contains') {
    const sought = search(phrase.tag, tokens, phrase.end, raw, rowWords, before, at);
    const category = matchCategory(rowWords, tokens, phrase.end) !== null;
    return token.text === 'including' && (category || sought.tag === null)
      ? { tag: { kind: 'inclusion' }, end: at + 1 }
      : sought;
  }
  if (phrase) return phrase;
  if (category) return category;
  const joint = PUNCTUATION[token.text];
  if (joint) return { tag: { kind: 'joint', joint }, end: at + 1 };
  if (opener) return opener;
  if (groups && token.kind === 'word' && !isNoise(token.text) && !GOES_ON.test(token.text))
    return { tag: { kind: 'unknown', word: token.text, english: true }, end: at + 1 };
  if (comparesModels(tokens, at, before))
    return { tag: { kind: 'unknown', word: token.text, english: true }, end: at + 1 };
  if (isSignature(tokens, at)) return { tag: null, end: at + 1 };
  if (namesUnknownCategory(tokens, at))
    return { tag: { kind: 'unknown', word: token.text, english: true }, end: at + 1 };
  const written = writtenInAnswers(tokens, at, raw);
  if (written) return written;
  if (token.kind === 'symbol' || isHarmless(token.text))
    return { tag: isLight(token.text) ? { kind: 'light' } : null, end: at + 1 };
  const withText = searchedWith(tokens, at, raw);
  if (withText) return withText;
  if (own && !isEnglishAside(before) && !isOfTheWorld(tokens, at)) return { tag: promptText(own), end: own.end };
  return { tag: { kind: 'unknown', word: token.text, english: isEnglish(token.text) }, end: at + 1 };
}

/** What may stand after "each" with no noun between. */
const GOES_ON = /^(please|pls|plz|thanks|were|was|is|are|did|do|does|have|has|had|in|of|to|for|on|at|it|that|they)$/;

/** "the fastest model": there is only one. */
function comparesModels(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
  const last = before.at(-1);
  const chosen =
    last?.to === at && (last.tag.kind === 'order' || (last.tag.kind === 'ask' && last.tag.ask === 'which'));
  return (
    chosen && /^(model|bot|assistant|ai|llm|endpoint|api|chatbot|agent|machine|system)s?$/.test(tokens[at]?.text ?? '')
  );
}

/** "slowest of the hr ones", "fewest words among the hr ones", "which of the prompts was slowest": one of them, whatever the plural. */
function inPlace(tag: Tag, tokens: readonly Token[], end: number): Tag {
  const oneOf = tag.kind === 'ask' && tag.ask === 'which' && tokens[end]?.text === 'of';
  if (oneOf)
    return { ...tag, one: !tokens.slice(end).some(({ text }) => /^(are|were|have|them|those|these)$/.test(text)) };
  const metric = matchPhrase(tokens, end);
  const after = metric?.tag.kind === 'metric' ? metric.end : end;
  const among = tag.kind === 'order' && !tag.all && /^(of|among|amongst)$/.test(tokens[after]?.text ?? '');
  return among ? { ...tag, one: true } : tag;
}

/** "20 words and under" limits the number before it, "20 words and under 2 s" the one behind. */
function phraseAt(tokens: readonly Token[], at: number, before: readonly Item[]) {
  const isAfter = (tag: Tag) => tag.kind === 'compare' && tag.after === true;
  const phrase = matchPhrase(tokens, at, (tag) => !isAfter(tag) || endsLimit(before));
  const numberFollows = phrase !== null && isAfter(phrase.tag) && tokens[phrase.end]?.kind === 'number';
  if (numberFollows) return matchPhrase(tokens, at, (tag) => !isAfter(tag));
  return phrase !== null && (givesWay(phrase, tokens, at) || breaksNoun(phrase, tokens, at)) ? null : phrase;
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

/** "needed | more than one go": a harmless word does not take the beginning of a longer meaning away. */
function givesWay(phrase: { end: number }, tokens: readonly Token[], at: number): boolean {
  const overlaps = phrase.end > at + 1;
  if (!overlaps || !isHarmless(tokens[at]?.text ?? '')) return false;
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

const isEnglishAside = (before: readonly Item[]) => {
  const stop = before.findLastIndex((item) => item.tag.kind === 'joint');
  return before
    .slice(stop + 1)
    .some((item) => item.tag.kind === 'aside' && !(item === before[0] && opensQuestion(item)));
};

/** "I want to see if the crypto question was quicker": with it, the question begins. */
const opensQuestion = ({ words }: Item) => /^(i|we) .*\b(if|whether)$/.test(words);

/** "I'm making a poster, so for every category …": what follows the remark is what is asked for. */
const endsRemark = (tokens: readonly Token[], at: number, before: readonly Item[]) =>
  tokens[at]?.text === 'so' && isEnglishAside(before) && !/^(that|i|we|they|far|on)$/.test(tokens[at + 1]?.text ?? '');

function startsClause(before: readonly Item[], at: number): boolean {
  const last = before.at(-1);
  return at === 0 || last === undefined || last.tag.kind === 'joint' || last.to < at || last.tag.kind !== 'unknown';
}

/** "which of my colleagues wrote …", "who on our team …": people are asked for, which is no remark. */
function picksFrom(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
  const last = before.at(-1);
  if (last?.tag.kind !== 'ask' || last.tag.ask !== 'which' || at > last.to + 1) return false;
  return FROM.test(tokens[last.to]?.text ?? '');
}
const FROM = /^(of|on|in|at|from|among|amongst)$/;

/** A category whose name is also a word of the language needs a sign that the category is meant. */
function namesCategory(
  category: { end: number; whole: boolean },
  phrase: { end: number; tag: Tag } | null,
  tokens: readonly Token[],
  at: number,
  rowWords: RowWords,
): boolean {
  const weak = new Set([
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
  if (!phrase || weak.has(phrase.tag.kind) || phrase.end < category.end) return true;
  if (isStateOfNone(phrase.tag, rowWords)) return true;
  const before = tokens[at - 1]?.text ?? '';
  const after = tokens[category.end]?.text ?? '';
  if (
    category.whole &&
    isText(phrase.tag) &&
    !/^(many|much|number|average|mean|median|total|max|min|of|in|per)$/.test(before)
  )
    return true;
  return (
    /^(in|for|only|just|category|topic|within|from|inside|versus|vs|about|of)$/.test(before) ||
    /^(category|prompts?|ones?|questions?|topic|requests?|answers?|responses?|replies|section|area)$/.test(after)
  );
}

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

/** "Thank you, Harold": who has written. */
function isSignature(tokens: readonly Token[], at: number): boolean {
  const ends = tokens.slice(at + 1).every(({ kind }) => kind === 'symbol');
  const words = tokens.slice(Math.max(0, at - 4), at);
  const comma = words.at(-1)?.kind === 'symbol';
  return ends && comma && /^(thanks|you|regards|cheers|sincerely|wishes|ta|advance)$/.test(words.at(-2)?.text ?? '');
}

/** "in Switzerland", "how many parcels": places and things of the world, though a prompt may have the word. */
function isOfTheWorld(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  const noun = /^(ones?|prompts?|questions?|quer(y|ies)|requests?|responses?|answers?|repl(y|ies))$/;
  const counted = /^(many|much)$/.test(before) && !noun.test(tokens[at + 1]?.text ?? '');
  const addressed = before === 'to' && !noun.test(tokens[at + 1]?.text ?? '') && !noun.test(tokens[at - 2]?.text ?? '');
  const namesTopic = /^(category|topic|section)$/.test(tokens[at + 1]?.text ?? '');
  if (counted || addressed || namesTopic) return true;
  return (
    /^(in|at|near|inside|throughout)$/.test(before) && !/^(ones?|prompts?|questions?)$/.test(tokens[at - 2]?.text ?? '')
  );
}

/** "the returns category": the name of none of the categories. */
function namesUnknownCategory(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    token?.kind === 'word' &&
    /^(category|topic|section)$/.test(tokens[at + 1]?.text ?? '') &&
    /^(the|our|my|in|for|from)$/.test(tokens[at - 1]?.text ?? '') &&
    isHarmless(token.text) &&
    !/^(the|a|an|this|that|same|other|whole|my|our|its|their|single|particular|specific|respective|given|right|main|prompt|said|own|any|each|every|which|what)$/.test(
      token.text,
    )
  );
}
