import type { Row } from '../../contract/row.js';
import { type CategoryName, categoryNames, matchCategoryName } from './category-names.js';
import { normalise, type Token, tokenise } from './tokens.js';
import { askingWords, isEnglish, isHarmless, meansAlone } from './vocabulary.js';

/** The vocabulary that the rows bring along: names of categories and words of prompts, in any language. */
export interface RowWords {
  categories: CategoryName[];
  /** Which prompts have a word, by its number. */
  prompts: Map<string, Set<number>>;
  /** Words that follow each other in some prompt. */
  pairs: Set<string>;
  /** All of these words, for the spelling to leave alone or mend to. */
  categoryWords: Set<string>;
  /** Whether some prompt holds this text, and no response. */
  quotesPrompt: (text: string) => boolean;
  /** Whether a prompt or a response has the word. Looks when asked: responses may be long. */
  isSaid(word: string): boolean;
  /** Statuses that some row has. */
  statuses: Set<string>;
  known: Set<string>;
}

/** Words of every prompt that tell none from another. */
const JOINING = /^(and|nor|but|not|than|then|per|only|same|also|too)$/;

export const wordsOf = (text: string) =>
  tokenise(normalise(text))
    .filter((token) => token.kind !== 'symbol')
    .flatMap((token) => (token.kind === 'quote' ? token.text.split(' ') : [token.text]));

/** By the rows they come from, which never change: a question may be read more than once, and others follow. */
const collected = new WeakMap<readonly Row[], RowWords>();

export function wordsOfRows(rows: readonly Row[]): RowWords {
  const words = collected.get(rows) ?? collectWords(rows);
  collected.set(rows, words);
  return words;
}

function collectWords(rows: readonly Row[]): RowWords {
  const names = [...new Set(rows.flatMap((row) => (row.category === null ? [] : [row.category])))];
  const prompts = new Map<string, Set<number>>();
  const pairs = new Set<string>();
  for (const row of rows) {
    const words = wordsOf(row.prompt);
    for (const [at, word] of words.entries()) pairs.add(`${words[at - 1]} ${word}`);
    for (const word of words.flatMap(alsoCalled)) {
      if (isHarmless(word) || word.length < 3 || JOINING.test(word)) continue;
      prompts.set(word, (prompts.get(word) ?? new Set()).add(row.number));
    }
  }
  const categoryWords = new Set(names.flatMap(wordsOf));
  return {
    categories: categoryNames(names),
    prompts,
    pairs,
    categoryWords,
    quotesPrompt: (text) => quotesPrompt(rows, text.toLowerCase()),
    isSaid: (word) => isSaid(rows, word),
    statuses: new Set(rows.map((row) => row.status)),
    known: new Set([...categoryWords, ...prompts.keys()]),
  };
}

/** A prompt that says "e-mail" may be asked for by "mail". */
const alsoCalled = (word: string) => (word === 'email' ? [word, 'mail'] : [word]);

const quotesPrompt = (rows: readonly Row[], text: string) =>
  rows.some(({ prompt }) => prompt.toLowerCase().includes(text)) &&
  !rows.some(({ response }) => response?.toLowerCase().includes(text));

function isSaid(rows: readonly Row[], word: string): boolean {
  const literal = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu');
  return rows.some(({ prompt, response }) => pattern.test(prompt) || pattern.test(response ?? ''));
}

/** A category named at this token. */
export const matchCategory = (rowWords: RowWords, tokens: readonly Token[], at: number) =>
  matchCategoryName(rowWords.categories, tokens, at);

/**
 * A run of words that stand in one prompt ("lisbon weekend", "forgotten password"): the prompts that have them all.
 * At least one must be a word that means nothing else here, or nothing on its own beside another one.
 */
export function matchPromptWords(
  rowWords: RowWords,
  tokens: readonly Token[],
  at: number,
): { numbers: number[]; words: string[]; end: number } | null {
  let numbers: Set<number> | null = null;
  let end = at;
  const words: string[] = [];
  for (let position = at; position < tokens.length; position += 1) {
    const token = tokens[position];
    if (token === undefined || !(token.kind === 'word' || isModel(rowWords, tokens, position, words))) break;
    const found = promptsWith(rowWords, token.text);
    if (found === null) {
      if (completesName(rowWords, tokens, position)) end = position + 1;
      if (joinsName(rowWords, tokens, position, words)) {
        words.push(token.text);
        end = position + 1;
        continue;
      }
      if (words.length > 0 && /^(the|a|an|of|to|in|for|my|and|from|on|with)$/.test(token.text)) continue;
      break;
    }
    const both: Set<number> = numbers === null ? found : new Set([...numbers].filter((number) => found.has(number)));
    if (both.size === 0) break;
    numbers = both;
    words.push(token.text);
    end = position + 1;
  }
  const own =
    words.some((word) => !askingWords.has(word) && !isHarmless(word)) || areOwn(words, tokens[end]?.text ?? '');
  return numbers !== null && own ? { numbers: [...numbers], words, end } : null;
}

/** The number of "the Meadow 300 baler". */
const isModel = ({ pairs }: RowWords, tokens: readonly Token[], at: number, words: readonly string[]) =>
  tokens[at]?.kind === 'number' && words.length > 0 && pairs.has(`${tokens[at - 1]?.text} ${tokens[at]?.text}`);

/** The "list" of "the packing list one". */
function completesName({ pairs }: RowWords, tokens: readonly Token[], at: number): boolean {
  const named = /^(ones?|prompts?|questions?|requests?|tasks?|thing|query)$/.test(tokens[at + 1]?.text ?? '');
  return named && pairs.has(`${tokens[at - 1]?.text} ${tokens[at]?.text}`);
}

/** The "ad" of "nurse job ad" is too short to name a prompt, but it belongs to the name. */
const joinsName = ({ pairs }: RowWords, tokens: readonly Token[], at: number, words: readonly string[]) =>
  words.length > 0 &&
  (tokens[at]?.text ?? '').length < 3 &&
  !isHarmless(tokens[at]?.text ?? '') &&
  pairs.has(`${tokens[at - 1]?.text} ${tokens[at]?.text}`);

/** "night shift", "the flight one": some phrase knows the word, but alone it means nothing. */
function areOwn(words: readonly string[], next: string): boolean {
  const named = new Set(words).size > 1 || /^(one|prompt|question|request|query|answer|reply|response)$/.test(next);
  return named && words.some((word) => !meansAlone(word) && !isHarmless(word));
}

function promptsWith(rowWords: RowWords, word: string): Set<number> | null {
  if (isHarmless(word) || word.length < 3 || JOINING.test(word)) return null;
  const exact = rowWords.prompts.get(word);
  if (exact) return new Set([...exact, ...numbersOf(word).flatMap((form) => [...(rowWords.prompts.get(form) ?? [])])]);
  if (word.length < 4) return null;
  const numbers = new Set<number>();
  for (const [other, found] of rowWords.prompts)
    if (sameStem(word, other)) for (const number of found) numbers.add(number);
  return numbers.size > 0 ? numbers : null;
}

/** "tyres" and "tyre" are of one thing. */
const numbersOf = (word: string) => (word.endsWith('s') ? [word.slice(0, -1)] : [`${word}s`]);

/** "shipping" and "ship", "forgotten" and "forgot": one begins with most of the other. */
function sameStem(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 3 || !isEnglish(short)) return false;
  const ending = long.slice(short.length);
  if (short.length === 3) return long.startsWith(short) && ending === 'ing';
  return long.startsWith(short) && /^(s|es|ed|d|ing|ping|ting|ning|ten|en|er|ers|ly|al|ment|ion|ations?)$/.test(ending);
}
