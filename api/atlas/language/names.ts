import names from './data/names.json' with { type: 'json' };
import { createDictionary } from './dictionary.js';
import { lexiconWords } from './vocabulary.js';

const isKnownName = createDictionary(names.words);
const SENTENCE = /(?<=[.?!:;\n])\s+/;
const CAPITAL = /^\p{Lu}\p{Ll}/u;

/** Tells the names of people, places and things in a question: those on a list, and what is written with a capital. */
export function namesIn(question: string): (word: string) => boolean {
  const inside = question.split(SENTENCE).flatMap((sentence) => (sentence.match(/\p{L}+/gu) ?? []).slice(1));
  const capitals = inside.filter((word) => CAPITAL.test(word)).map((word) => word.toLowerCase());
  // Who writes "the Average Latency" says nothing by it.
  const written = new Set(capitals.some((word) => lexiconWords.has(word)) ? [] : capitals);
  return (word) => isKnownName(word) || written.has(word);
}
