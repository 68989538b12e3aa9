import type { Item, Tag } from '../tags.js';
import { readLiteral } from './literals/literals.js';
import { matchCategory, matchPromptWords, type RowWords } from './rows.js';
import { readSearch, type Searched } from './text-search.js';
import type { Token } from './tokens.js';
import { isHarmless, isNoise, matchPhrase } from './vocabulary.js';

/** A meaning and the first token behind it. */
export interface Linked {
  tag: Tag | null;
  end: number;
}

/** "copay in its replies": the word is sought in the responses, though a prompt has it too. */
export function saidInResponses(tokens: readonly Token[], end: number): boolean {
  const next = [0, 1, 2].map((step) => tokens[end + step]?.text ?? '');
  return (
    next[0] === 'in' &&
    /^(its|the|their|any|some|a|your)$/.test(next[1] ?? '') &&
    /^(answers?|repl(y|ies)|responses?|outputs?|completions?|texts?)$/.test(next[2] ?? '')
  );
}

/** "replies with tomatoes": what a response has in it is its text, though a prompt has the word too. */
export function saidByResponses(tokens: readonly Token[], at: number, before: readonly Item[]): boolean {
  const last = before.at(-1);
  const besides = last?.tag.kind === 'entity' && last.tag.entity === 'response' && at - last.to <= 2;
  return besides && /^(with|has|have|having|containing)$/.test(tokens[at - 1]?.text ?? '');
}

/** The prompts that a run of their own words names. */
export function promptText(own: { numbers: number[]; words: string[] }): Tag {
  return { kind: 'filter', where: { field: 'number', op: 'in', value: own.numbers }, noun: true, recalled: true };
}

/** "the one about the forgotten password": the prompts that have these words, in whatever form. */
function promptAfter(tokens: readonly Token[], at: number, rowWords: RowWords): Linked | null {
  let start = at;
  while (/^(the|a|an|my|our)$/.test(tokens[start]?.text ?? '')) start += 1;
  const own = matchPromptWords(rowWords, tokens, start);
  return own && { tag: promptText(own), end: own.end };
}

/** "what it said for the Dockerfile one": the prompt is named, and nothing is sought in the answers. */
function answeredPrompt(tokens: readonly Token[], at: number, rowWords: RowWords): Linked | null {
  if (!/^(for|to|on|about)$/.test(tokens[at]?.text ?? '')) return null;
  const named = promptAfter(tokens, at + 1, rowWords);
  return named && /^(one|prompt|question|thing|request|query)$/.test(tokens[named.end]?.text ?? '') ? named : null;
}

/**
 * "what it said about the sourdough", "the answer about documents for Japan": its answer to the prompt that has the word,
 * which need not repeat it.
 */
function answerAbout(tokens: readonly Token[], at: number, rowWords: RowWords): Linked | null {
  const end = /^(about|on|regarding|concerning)$/.test(tokens[at]?.text ?? '') ? at + 1 : at;
  const named = asksWhatItSaid(tokens, end) || isOneAnswer(tokens, end) ? promptAfter(tokens, end, rowWords) : null;
  return named?.tag?.kind === 'filter' ? { ...named, tag: { ...named.tag, recalled: false } } : named;
}

function asksWhatItSaid(tokens: readonly Token[], end: number): boolean {
  const before = tokens.slice(Math.max(0, end - 8), end).map(({ text }) => text);
  return /\bwhat\b.*\b(says?|said|answer(ed)?|writes?|wrote|repl(y|ied)|tells?|told)( me| us)? (about|on|regarding|concerning)$/.test(
    before.join(' '),
  );
}

/** "the answer about …" is one that is known; "answers about …" are sought. */
function isOneAnswer(tokens: readonly Token[], end: number): boolean {
  const [the, noun, about] = [3, 2, 1].map((back) => tokens[end - back]?.text ?? '');
  return (
    /^(the|its|our|that|this)$/.test(the ?? '') &&
    /^(answer|reply|response|output|completion)$/.test(noun ?? '') &&
    /^(about|on|regarding|concerning)$/.test(about ?? '')
  );
}

function speaksOfPrompts(before: readonly Item[]): boolean {
  const last = before.findLast(({ tag }) => tag.kind === 'entity')?.tag;
  return last?.kind === 'entity' && (last.entity === 'prompt' || last.entity === 'one');
}

export function search(
  contains: Tag & { kind: 'contains' },
  tokens: readonly Token[],
  end: number,
  raw: string,
  rowWords: RowWords,
  before: readonly Item[],
  at: number,
): Linked {
  const aboutWord = /^(about|regarding|concerning|on)$/.test(tokens[end - 1]?.text ?? '');
  const beside = /^(ones?|prompts?|questions?|quer(y|ies)|requests?)$/.test(tokens[end - 2]?.text ?? '');
  const aboutPrompt = aboutWord && (beside || speaksOfPrompts(before));
  const named = /^(for|to|on|about|in|at|of)$/.test(tokens[end]?.text ?? '') ? end + 1 : end;
  if (readLiteral(tokens, end)?.tag.kind === 'prompts' || readLiteral(tokens, named)?.tag.kind === 'prompts')
    return { tag: null, end };
  const first = /^(the|a|an|my|our)$/.test(tokens[end]?.text ?? '') ? end + 1 : end;
  if (
    /^(about|regarding|concerning)$/.test(tokens[end - 1]?.text ?? '') &&
    matchCategory(rowWords, tokens, first)?.whole
  )
    return { tag: null, end };
  const own = aboutPrompt ? promptAfter(tokens, end, rowWords) : null;
  if (own) return own;
  const answered = answeredPrompt(tokens, end, rowWords) ?? answerAbout(tokens, end, rowWords);
  if (answered) return answered;
  const found = readSearch(tokens, end, raw);
  if (!found) {
    const word = saidWord(tokens, end, raw, rowWords);
    if (word)
      return { ...word, tag: { ...contains, kind: 'text', texts: word.texts, negated: contains.negated ?? false } };
    const from = isNoise(tokens[at]?.text ?? '') ? at + 1 : at;
    const other = matchPhrase(tokens, from, (tag) => tag.kind !== 'contains');
    if (other?.tag.kind === 'metric') return other;
    const next = matchPhrase(tokens, end)?.tag;
    const something = next?.kind === 'ask' && next.ask === 'list' && tokens[end] !== undefined;
    return something || leavesOpen(tokens, end)
      ? { tag: { kind: 'unknown', word: tokens[end]?.text ?? '', english: true }, end: end + 1 }
      : { tag: null, end };
  }
  const { texts, end: after } = withNumber(found, tokens, raw, rowWords);
  return { tag: { kind: 'text', texts, field: contains.field, negated: contains.negated ?? false }, end: after };
}

/** "mention the Kestrel 5090 tractor", "part BD-2093": a number belongs to the name where the rows have them together. */
function withNumber(found: Searched, tokens: readonly Token[], raw: string, rowWords: RowWords): Searched {
  const [text, ...more] = found.texts;
  const last = tokens[found.end - 1];
  if (text === undefined || more.length > 0 || last === undefined || last.kind === 'quote') return found;
  const number = tokens[found.end]?.text === '-' ? found.end + 1 : found.end;
  const nameTo = (end: number) => raw.slice(last.end - text.length, tokens[end]?.end);
  if (tokens[number]?.kind !== 'number' || !rowWords.isSaid(nameTo(number))) return found;
  const goesOn = tokens[number + 1]?.kind === 'word' && rowWords.isSaid(nameTo(number + 1));
  const end = goesOn ? number + 1 : number;
  return { ...found, texts: [nameTo(end)], end: end + 1 };
}

/** "that mention one": of what, another sentence says. */
const leavesOpen = (tokens: readonly Token[], at: number) =>
  /^(one|it|them|him|her)$/.test(tokens[at]?.text ?? '') &&
  (tokens[at + 1] === undefined || tokens[at + 1]?.kind === 'symbol');

/** "say also but never refund", "mention you, without …": a word that means something here, where nothing else is said. */
function saidWord(tokens: readonly Token[], at: number, raw: string, rowWords: RowWords) {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (!SAYS.test(tokens[at - 1]?.text ?? '') || token?.kind !== 'word' || POINTS.test(token.text)) return null;
  const named = /^(words?|term|phrase|keyword|string)$/.test(tokens[at - 1]?.text ?? '');
  const closes = next === undefined || next.kind === 'symbol' || /^(but|and|or|without)$/.test(next.text);
  const opposed = next?.text === 'but' && /^(not|no|never|do|does|did|without)$/.test(tokens[at + 2]?.text ?? '');
  const limits = matchPhrase(tokens, at);
  const alone = limits === null || limits.end === at + 1;
  if (!(named || opposed || (closes && alone && rowWords.isSaid(token.text)))) return null;
  return { texts: [raw.slice(token.start, token.end)], end: at + 1 };
}

const SAYS =
  /^(mention|mentions|mentioned|mentioning|say|says|said|saying|contain|contains|containing|words?|term|phrase|keyword|string)$/;
const POINTS =
  /^(one|it|them|this|that|these|those|there|here|then|again|anything|something|nothing|everything|so|what|which|who|how|when|where|why|in|at|on|to|for|about|from|and|or|but|the|a|an|is|are|was|were|do|does|did|more|less|most|fewer|least|any|all|at|please)$/;

/** "responses including refund" seek a text, "including devops" does not. */
export function containedWord(
  tokens: readonly Token[],
  at: number,
  raw: string,
  rowWords: RowWords,
  before: readonly Item[],
): Linked | null {
  const last = before.at(-1)?.tag;
  if (last?.kind !== 'entity' || last.entity === 'run' || matchCategory(rowWords, tokens, at)) return null;
  const found = readSearch(tokens, at, raw);
  return found && { tag: { kind: 'text', texts: found.texts, field: 'response', negated: false }, end: found.end };
}

/** "where does it write please in its answer": what is written there is sought, however harmless the word. */
export function writtenInAnswers(tokens: readonly Token[], at: number, raw: string): Linked | null {
  const writes = /^(write|writes|wrote|written|say|says|said|use|uses|used|put|puts)$/.test(tokens[at - 1]?.text ?? '');
  return writes && tokens[at]?.kind === 'word' && saidInResponses(tokens, at + 1)
    ? searchedWith(tokens, at, raw)
    : null;
}

/** "answers with please in the text": a word of courtesy is sought where its place is named. */
export function courtesySought(tokens: readonly Token[], at: number, raw: string): Linked | null {
  const polite = /^(please|pls|thanks|thank|sorry|hello|hi|yes|no|ok|okay|dear|sure|great|welcome|regards)$/;
  const held = /^(with|has|have|having|containing)$/.test(tokens[at - 1]?.text ?? '');
  return held && polite.test(tokens[at]?.text ?? '') ? searchedWith(tokens, at, raw) : null;
}

/** "prompts with cancel in the text": whatever the word means, it is sought in there; "data in them" says as much. */
export function wordInText(tokens: readonly Token[], at: number, raw: string): Linked | null {
  const held = /^(with|has|have|having|containing)$/.test(tokens[at - 1]?.text ?? '');
  const place = [1, 2, 3].map((step) => tokens[at + step]?.text ?? '');
  const token = tokens[at];
  const inside = /^(in|inside|within)$/.test(place[0] ?? '');
  const inText = /^(the|their|its)$/.test(place[1] ?? '') && /^(text|texts|wording|body)$/.test(place[2] ?? '');
  if (!held || !inside || token?.kind !== 'word') return null;
  const inThem =
    /^(it|them|there|em)$/.test(place[1] ?? '') &&
    isHarmless(token.text) &&
    !/^(the|a|an|any|some|all)$/.test(token.text);
  if (!inText && !inThem) return null;
  const texts = [raw.slice(token.start, token.end)];
  return { tag: { kind: 'text', texts, field: 'either', negated: false }, end: inText ? at + 4 : at + 3 };
}

/** "answers with refund but without visa": with a word on either side, both are sought. */
export function withNotWithout(tokens: readonly Token[], at: number, raw: string, rowWords: RowWords): Linked | null {
  const token = tokens[at];
  const but = /^(but|and|,)$/.test(tokens[at + 1]?.text ?? '') ? at + 2 : at + 1;
  const opposed = /^(without|not|no|excluding|except|minus|lacking|never)$/.test(tokens[but]?.text ?? '');
  const held = /^(with|has|have|having|containing)$/.test(tokens[at - 1]?.text ?? '');
  if (!held || !opposed || token?.kind !== 'word' || !rowWords.isSaid(token.text)) return null;
  if (matchPhrase(tokens, at) !== null || isNoise(token.text) || matchCategory(rowWords, tokens, at)) return null;
  const texts = [raw.slice(token.start, token.end)];
  return { tag: { kind: 'text', texts, field: 'either', negated: false }, end: at + 1 };
}

/** "with mail in them", "that have visa in the text". */
export function searchedWith(tokens: readonly Token[], at: number, raw: string): Linked | null {
  if (
    !/^(with|has|have|having|containing|the|write|writes|wrote|written|say|says|said|use|uses|used|put|puts)$/.test(
      tokens[at - 1]?.text ?? '',
    )
  )
    return null;
  const token = tokens[at];
  const inside = tokens[at + 1]?.text === 'inside' && (tokens[at + 2]?.kind ?? 'symbol') === 'symbol';
  if (inside && token !== undefined)
    return {
      tag: { kind: 'text', texts: [raw.slice(token.start, token.end)], field: 'either', negated: false },
      end: at + 2,
    };
  if (
    tokens[at + 1]?.text !== 'in' ||
    !/^(it|them|the|their|its|em|there)$/.test(tokens[at + 2]?.text ?? '') ||
    token === undefined
  )
    return null;
  const end = /^(the|their|its)$/.test(tokens[at + 2]?.text ?? '') ? at + 4 : at + 3;
  return { tag: { kind: 'text', texts: [raw.slice(token.start, token.end)], field: 'either', negated: false }, end };
}
