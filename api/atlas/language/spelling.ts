import type { Token } from './tokens.js';
import { isEnglish, isInDictionary, lexiconWords, mendable } from './vocabulary.js';

export interface Correction {
  from: string;
  to: string;
}

/**
 * Mends misspelled words: one edit from four letters on, two from nine on, never a real English word but for
 * a category's with a letter too few or too many, never a word of the rows, never a percentile, and a name only to a
 * word of the rows. Among equals, swapped letters and dropped vowels are likelier than other slips.
 */
export function mendSpelling(
  tokens: Token[],
  ownWords: ReadonlySet<string>,
  categoryWords: ReadonlySet<string> = new Set(),
  isName: (word: string) => boolean = () => false,
): { tokens: Token[]; corrections: Correction[] } {
  const corrections: Correction[] = [];
  const mended = tokens.map((token) => {
    if (token.kind !== 'word') return token;
    const doubled = ownWords.has(token.text) ? null : categoryDoubled(token.text, categoryWords);
    if (doubled === null && isKnown(token.text, ownWords)) return token;
    const to = doubled ?? nearest(token.text, ownWords, isName(token.text) ? [] : MENDABLE);
    if (to === null) return token;
    corrections.push({ from: token.text, to });
    return { ...token, text: to };
  });
  return { tokens: mended, corrections };
}

/** "planing" where a category is planning: a letter written once or twice, in a word that means nothing here. */
function categoryDoubled(word: string, categoryWords: ReadonlySet<string>): string | null {
  if (word.length < 5 || lexiconWords.has(word)) return null;
  const once = (text: string) => text.replace(/(.)\1+/g, '$1');
  return [...categoryWords].find((name) => name !== word && once(name) === once(word)) ?? null;
}

function isKnown(word: string, ownWords: ReadonlySet<string>): boolean {
  return word.length < 4 || /\d/.test(word) || lexiconWords.has(word) || ownWords.has(word) || isEnglish(word);
}

function nearest(word: string, ownWords: ReadonlySet<string>, vocabulary: readonly Candidate[]): string | null {
  const most = word.length >= 9 ? 2 : 1;
  let best: string | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  let tied = false;
  const letters = lettersOf(word);
  for (const { text: candidate, letters: others } of [...vocabulary, ...candidatesOf(ownWords)]) {
    if (Math.abs(candidate.length - word.length) > most || differing(letters, others) > 2 * most) continue;
    if (deniesIt(word, candidate)) continue;
    const distance = editDistance(word, candidate, most);
    if (distance > most) continue;
    const cost = distance + likelihoodPenalty(word, candidate);
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
      tied = false;
    } else if (cost === bestCost && candidate !== best) tied = true;
  }
  if (best === null || tied) return null;
  return bestCost >= 2 && nearEnglish(word) ? null : best;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** "untruncated" is no slip of "truncated". */
function deniesIt(word: string, candidate: string): boolean {
  const prefix = /^(un|non|in|dis|mis|ir|im)/.exec(word)?.[0];
  return prefix !== undefined && !candidate.startsWith(prefix);
}

/** A slip in an English word that means nothing here is left alone. */
function nearEnglish(word: string): boolean {
  for (let at = 0; at <= word.length; at += 1) {
    const before = word.slice(0, at);
    const [here = '', next = ''] = word.slice(at, at + 2);
    const after = word.slice(at + 1);
    const added = LETTERS.map((letter) => before + letter + here + after);
    const replaced = LETTERS.map((letter) => before + letter + after);
    const swapped = before + next + here + after.slice(1);
    if ([...added, ...replaced, swapped, before + after].some(isInDictionary)) return true;
  }
  return false;
}

interface Candidate {
  text: string;
  letters: number;
}

const toCandidate = (text: string): Candidate => ({ text, letters: lettersOf(text) });
const MENDABLE: readonly Candidate[] = mendable.map(toCandidate);
const candidatesOf = (ownWords: ReadonlySet<string>) =>
  [...ownWords].filter((word) => word.length > 2).map(toCandidate);

/** Which letters a word has, a bit each: words that differ in too many can't be within reach. */
function lettersOf(word: string): number {
  let letters = 0;
  for (const letter of word) letters |= 1 << (letter.charCodeAt(0) % 31);
  return letters;
}

function differing(a: number, b: number): number {
  let bits = a ^ b;
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count += 1;
  return count;
}

/** Below one: orders words at the same distance. */
function likelihoodPenalty(word: string, candidate: string): number {
  const sameLetters = [...word].sort().join('') === [...candidate].sort().join('');
  const sameConsonants = skeleton(word) === skeleton(candidate);
  const sameStart = word[0] === candidate[0];
  const shortened = candidate.length > word.length;
  return (
    (sameLetters ? 0 : 0.3) +
    (sameConsonants ? 0 : 0.2) +
    (sameStart ? 0 : 0.4) +
    (sameLetters || shortened ? 0 : 0.1) +
    (lexiconWords.has(candidate) ? 0 : 0.05) +
    (isEnglish(candidate) ? 0 : 0.15)
  );
}

/** Consonants without doubling. */
const skeleton = (word: string) => word.replace(/[aeiou]/g, '').replace(/(.)\1+/g, '$1');

/** Edits with swaps of neighbours counted as one (optimal string alignment); stops counting beyond `most`. */
export function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? most + 1;
}
