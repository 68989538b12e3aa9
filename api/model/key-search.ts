import { isUnseen } from '../results/unseen.js';
import { type Escapes, findEscapes, LONGEST_ESCAPE, readEscapes } from './escapes.js';

/** A part of a text: from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** JSON in JSON in a URL: deeper nesting of escapes is not looked into. */
const DEEPEST_ESCAPES = 3;
/**
 * A text that can be read in one way takes fewer steps for each of its characters. One that goes on to take more was made
 * to be slow, together with the secret: what is left of it counts as found.
 */
const STEPS_PER_CHARACTER = 40;
const STEPS_OF_ANY_TEXT = 2_000;

/**
 * Where a text shows a secret. It is found in either case, as it is and in base64, each of its characters escaped or
 * not, however often and in whichever way, and taken apart by what nobody sees. Time is linear in the text's length,
 * whatever the secret.
 *
 * @param pieceLength the shortest part of the secret that counts, in characters; Infinity for all of it, in any form
 * @returns the parts of the text in their order, without overlaps
 */
export function createKeySearch(secret: string, pieceLength: number): (text: string) => Span[] {
  const pieces = treeOf(formsOf(secret), pieceLength);
  return (text) => {
    const symbols = createSymbols(pieces);
    let escapes = findEscapes(text);
    const spans = matches(text, escapes, pieces, symbols);
    let unescaped = text;
    let starts: Uint32Array | null = null;
    for (let depth = 1; escapes.count > 0 && depth < DEEPEST_ESCAPES; depth += 1) {
      const next = readEscapes(unescaped, escapes);
      starts = starts === null ? next.starts : next.starts.map((start) => starts![start]!);
      unescaped = next.text;
      escapes = findEscapes(unescaped);
      for (const { start, end } of matches(unescaped, escapes, pieces, symbols)) {
        spans.push({ start: starts[start]!, end: starts[end]! });
      }
    }
    return joined(spans);
  };
}

/** The secret as it is, and as base64 shows it at each of the three places that it can have in other text. */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + secret).toString('base64');
    // The first and last characters also depend on what stands before and behind the secret.
    return encoded.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const inBase64Url = inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [secret, ...inBase64, ...inBase64Url];
}

/** A tree of characters: whoever follows it from the root to a leaf has read one of the pieces it was made of. */
interface Tree {
  /** The characters of the pieces, each with a number of its own from 1 on. */
  alphabet: ReadonlyMap<string, number>;
  /** At `node * width + character`, the next node. */
  next: Uint16Array;
  width: number;
}

const ROOT = 0;
/** Nothing leads back to the root. */
const NOWHERE = ROOT;
const LEAF = 0xffff;

function treeOf(forms: readonly string[], pieceLength: number): Tree {
  const spelt = forms.map((form) => [...form.toLowerCase()]);
  const alphabet = new Map([...new Set(spelt.flat())].map((character, index) => [character, index + 1]));
  const pieces = spelt.flatMap((form) => piecesOf(form, pieceLength));
  const width = alphabet.size + 1;
  const next = new Uint16Array(width * pieces.reduce((sum, piece) => sum + piece.length, 0));
  let nodes = 1;
  for (const piece of pieces) {
    let node = ROOT;
    for (const [index, character] of piece.entries()) {
      const way = node * width + alphabet.get(character)!;
      if (next[way] === NOWHERE) next[way] = index === piece.length - 1 ? LEAF : nodes++;
      node = next[way]!;
    }
  }
  return { alphabet, next: next.slice(0, nodes * width), width };
}

function piecesOf(form: readonly string[], length: number): string[][] {
  if (form.length <= length) return [[...form]];
  return Array.from({ length: form.length - length + 1 }, (_, start) => form.slice(start, start + length));
}

type Symbols = (codePoint: number) => number;
/** What is no character of the pieces. */
const FOREIGN = 0;
const UNSEEN = -1;

/** What a character is to a reader of the pieces; it is found out once for each of a text. */
function createSymbols({ alphabet }: Tree): Symbols {
  const known = new Map<number, number>();
  return (codePoint) => {
    let symbol = known.get(codePoint);
    if (symbol === undefined) {
      const character = String.fromCodePoint(codePoint);
      symbol = alphabet.get(folded(character)) ?? (isUnseen(character) ? UNSEEN : FOREIGN);
      known.set(codePoint, symbol);
    }
    return symbol;
  };
}

/** As letters in full width and the like are read. */
function folded(character: string): string {
  return character.normalize('NFKC').toLowerCase();
}

/** How far into the tree some of the text leads, and where that began. */
interface Lead {
  node: number;
  start: number;
}

/**
 * Walks the text once, with all leads that the text so far has given. Each character may be read as itself and as the
 * escape that it begins, since secrets may look like escapes.
 */
function matches(text: string, escapes: Escapes, { next, width }: Tree, symbolOf: Symbols): Span[] {
  const spans: Span[] = [];
  /** By the place where they go on, which is never further away than an escape is long. */
  const leads: Lead[][] = Array.from({ length: LONGEST_ESCAPE + 1 }, () => []);
  let stepsLeft = STEPS_OF_ANY_TEXT + text.length * STEPS_PER_CHARACTER;

  const follow = (node: number, start: number, end: number) => {
    stepsLeft -= 1;
    if (node === NOWHERE) return;
    if (node === LEAF) {
      cover(spans, start, end);
      return;
    }
    const there = leads[end % leads.length]!;
    for (const lead of there) {
      stepsLeft -= 1;
      if (lead.node !== node) continue;
      lead.start = Math.min(lead.start, start);
      return;
    }
    there.push({ node, start });
  };
  const read = (symbol: number, at: number, end: number) => {
    if (symbol === FOREIGN) return;
    for (const { node, start } of leads[at % leads.length]!) {
      follow(symbol === UNSEEN ? node : next[node * width + symbol]!, start, end);
    }
    if (symbol !== UNSEEN) follow(next[ROOT * width + symbol]!, at, end);
  };

  for (let at = 0; at < text.length; ) {
    if (stepsLeft < 0) {
      const earliest = leads.flat().reduce((least, { start }) => Math.min(least, start), at);
      cover(spans, earliest, text.length);
      break;
    }
    const codePoint = text.codePointAt(at)!;
    const behind = at + (codePoint > 0xffff ? 2 : 1);
    read(symbolOf(codePoint), at, behind);
    const escapeLength = escapes.lengths[at]!;
    if (escapeLength > 0) read(symbolOf(escapes.codePoints[at]!), at, at + escapeLength);
    leads[at % leads.length]!.length = 0;
    at = behind;
  }
  return spans;
}

/** Adds a part that ends behind where those before it begin. */
function cover(spans: Span[], start: number, end: number): void {
  const last = spans.at(-1);
  if (last !== undefined && last.start <= start && last.end >= end) return;
  const whole = { start, end };
  while (spans.length > 0 && spans.at(-1)!.end >= whole.start) {
    const part = spans.pop()!;
    whole.start = Math.min(whole.start, part.start);
    whole.end = Math.max(whole.end, part.end);
  }
  spans.push(whole);
}

/** In order, and as few as cover the same. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.end - b.end)) cover(result, start, end);
  return result;
}
