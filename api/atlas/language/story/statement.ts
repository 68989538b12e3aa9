import type { Item } from '../../tags.js';
import stories from '../data/stories.json' with { type: 'json' };
import { requests, setOf, TIMES, TIMES_OPEN, wordsOf } from './words.js';

const ASKS = setOf(stories.asks);
const PERSONS = setOf(stories.persons);
const DETERMINERS = setOf(stories.determiners);
const ADVERBS = setOf(stories.adverbs);
const LEAD = setOf(stories.lead);
const PREPOSITIONS = setOf(stories.prepositions);
const VERBS = setOf(stories.verbs);

const SENTENCE = /(?<=[.!?;…]["')]?)\s+|\n+/;
/** Where within a sentence a question may begin: behind a comma, behind "so", or with the words of a question. */
const BREAK =
  /[,:–—]\s+|\s+-\s+|\s+(?=(?:so|and|but)\s)|\s+(?=(?:what(?:'s| is| are| was)|which|how (?:many|much)|(?:can|could) you|(?:give|show|tell) me)\s)/gi;
/** "I know what …", "the day on which …": no question begins here. */
const GOVERNS =
  /\b(know|knows|tell|see|saw|wonder|pick|decide|choose|find out|understand|say|says|of|in|on|for|to|at|from|by|with|about|that|matter)$/;

/** The sentences of a question, each with its statement apart from what it asks. */
export const piecesOf = (question: string) => question.split(SENTENCE).flatMap(partsOf);

/** The words from the first that is no interjection and no time on: "hey so last winter our …". */
function afterLead(words: readonly string[]): readonly string[] {
  const isLead = (word: string, at: number) =>
    LEAD.has(word) || TIMES.has(word) || (TIMES_OPEN.has(word) && TIMES.has(words[at + 1] ?? ''));
  const start = words.findIndex((word, at) => !isLead(word, at));
  return start < 0 ? [] : words.slice(start);
}

/** The statement in front, and the question of one sentence. */
function partsOf(sentence: string): string[] {
  for (const match of sentence.matchAll(BREAK)) {
    const before = sentence.slice(0, match.index);
    const after = sentence.slice(match.index + match[0].length);
    if (GOVERNS.test(before.toLowerCase()) && !/^\s*[,:]/.test(match[0])) continue;
    if (opensRequest(after) && !opensRequest(before)) return [`${before}.`, after];
  }
  return [sentence];
}

/** "what …", "give me …", "my boss wants …" */
function opensRequest(text: string): boolean {
  const [first = '', ...rest] = afterLead(wordsOf(text));
  return ASKS.has(first) || requests([first, ...rest].slice(0, 6).join(' '));
}

/** Somebody or something, and a verb. */
export function isStatement(piece: string, items: readonly Item[]): boolean {
  if (/\?["')]?\s*$/.test(piece) || opensRequest(piece)) return false;
  const [first = '', ...rest] = afterLead(wordsOf(piece));
  const next = rest.find((word) => !ADVERBS.has(word)) ?? '';
  if (CONTRACTED.test(first) || (PERSONS.has(first) && next !== '' && !PREPOSITIONS.has(next))) return true;
  const isNoun = PERSONS.has(first) || DETERMINERS.has(first) || /[^su]s$|ing$/.test(first);
  return isNoun && (rest.some((word) => VERBS.has(word) || CONTRACTED.test(word)) || endsInTime(items));
}

/** "we're", "wifi's" */
const CONTRACTED = /^\p{L}+'(s|re|m|ve|ll|d)$/u;

/** "One minute to my review." */
const endsInTime = (items: readonly Item[]) => items[0]?.tag.kind === 'quantity' && isTimeOfDay(items[0]);
export const isTimeOfDay = ({ words }: Item) => /\b(min|mins|minutes?|hours?|days?|weeks?|months?|years?)$/.test(words);
