import type { Tag } from '../tags.js';
import { normalise, type Token, tokenise } from './tokens.js';
import { askingWords, isHarmless } from './vocabulary.js';

/** What people type for a category: its whole name, or a part that no other category has. */
export interface CategoryName {
  name: string;
  parts: readonly Part[];
  whole: boolean;
}

/** A word of a name, or a sign between or behind its words. */
interface Part {
  text: string;
  sign: boolean;
}

export interface CategoryMatch {
  tag: Tag;
  end: number;
  /** The whole name, not just a part of it. */
  whole: boolean;
}

/** How a sign may be typed or said; it may also be left out. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  '&': ['&', 'and', '+', '/'],
  '+': ['+', 'plus', 'and', '&'],
  '/': ['/', 'and', 'or', '&', '-'],
  '#': ['#', 'sharp'],
  '.': ['.', 'dot'],
  and: ['and', '&', '+'],
};

const partsOf = (name: string): Part[] =>
  tokenise(normalise(name)).flatMap(({ text, kind }) =>
    text.split(' ').map((word) => ({ text: word, sign: kind === 'symbol' })),
  );

const keyOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join(' ');

/** Every way to name the categories, whole names first. */
export function categoryNames(categories: readonly string[]): CategoryName[] {
  const whole = categories
    .map((name) => ({ name, parts: partsOf(name), whole: true }))
    .filter(({ parts }) => parts.some(({ sign }) => !sign));
  const pieces = whole.flatMap(({ name, parts }) =>
    [...wordsAlone(parts), ...writtenTogether(name)].map((piece) => ({ name, parts: piece, whole: false })),
  );
  const owners = new Map<string, Set<string>>();
  for (const { name, parts } of pieces) owners.set(keyOf(parts), (owners.get(keyOf(parts)) ?? new Set()).add(name));
  return [...whole, ...pieces.filter(({ parts }) => owners.get(keyOf(parts))?.size === 1)];
}

/** Words that mean nothing else. */
const wordsAlone = (parts: readonly Part[]): Part[][] =>
  parts
    .filter(({ text, sign }) => !sign && text.length > 2 && !askingWords.has(text) && !isHarmless(text))
    .map((part) => [part]);

/** The "Q&A" of "Lease Q&A", which is typed "QA" and "QnA" as well. */
function writtenTogether(name: string): Part[][] {
  return name.split(/\s+/).flatMap((chunk) => {
    const parts = partsOf(chunk);
    if (parts.length < 2 || !parts.some(({ sign }) => sign)) return [];
    const letters = chunk.toLowerCase().split(/[&/+]/);
    const short = letters.length > 1 && letters.every((letter) => /^\p{L}$/u.test(letter));
    const joined = short ? [letters.join(''), letters.join('n')] : [];
    return [parts, ...joined.map((text) => [{ text, sign: false }])];
  });
}

/** A category named at this token, in singular or plural: the longest name, and of two the one that leaves out least. */
export function matchCategoryName(
  names: readonly CategoryName[],
  tokens: readonly Token[],
  at: number,
): CategoryMatch | null {
  let best: { name: CategoryName; end: number; skipped: number } | null = null;
  for (const name of names) {
    if (best?.name.whole && !name.whole) break;
    const match = matchParts(name.parts, tokens, at);
    const better = best === null || match.end > best.end || (match.end === best.end && match.skipped < best.skipped);
    if (match.end > at && better && !isArticle(name, tokens, at)) best = { name, ...match };
  }
  if (best === null) return null;
  const where = { field: 'category', op: '=', value: best.name.name } as const;
  return { tag: { kind: 'filter', where, noun: true }, end: best.end, whole: best.name.whole };
}

/** Where the name ends, or -1; and how many of its signs are not there. */
function matchParts(parts: readonly Part[], tokens: readonly Token[], at: number): { end: number; skipped: number } {
  let end = at;
  let skipped = 0;
  for (const [index, { text, sign }] of parts.entries()) {
    const typed = tokens[end]?.text ?? '';
    const isWord = tokens[end]?.kind !== 'quote' || parts.length === 1;
    const closes = sign && index === parts.length - 1 && !tokens[end]?.glued;
    if (isWord && !closes && (sameWord(typed, text) || (index > 0 && SAID[text]?.includes(typed)))) end += 1;
    else if (sign) skipped += 1;
    else return { end: -1, skipped };
  }
  return { end, skipped };
}

/** "A" may name a category, but not in "a prompt". */
function isArticle({ parts }: CategoryName, tokens: readonly Token[], at: number): boolean {
  if (parts.length > 1 || !/^(a|i)$/.test(parts[0]?.text ?? '')) return false;
  const named = /^(category|group|topic|section|variant)$/.test(tokens[at - 1]?.text ?? '');
  const next = tokens[at + 1];
  const closes = next === undefined || next.kind === 'symbol' || AFTER_NAME.test(next.text);
  return !(named || closes);
}

const AFTER_NAME =
  /^(and|or|vs|versus|than|against|to|only|prompts|ones|questions|requests|answers|responses|replies)$/;

/** Equal but for a plural. */
export function sameWord(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (a === b) return true;
  return long.length > 3 && [`${short}s`, `${short}es`, short.replace(/y$/, 'ies')].includes(long);
}
