import { embeddingLevels, mirrored, toVisualOrder } from './bidi.js';
import type { Cluster } from './font-book.js';

/** A run of text in one font and one direction. */
interface Piece {
  text: string;
  font: string;
  level: number;
  width: number;
}

/** What stays together on a line: a word, an ideograph, or a space. */
interface Token {
  pieces: Piece[];
  width: number;
  isSpace: boolean;
}

export interface Line {
  /** From left to right. */
  pieces: Piece[];
  width: number;
  rightToLeft: boolean;
}

export interface Typesetting {
  width: number;
  clusters(text: string): Cluster[];
  measure(text: string, font: string): number;
}

/** A longer word may break anywhere: one of 100,000 letters would otherwise be measured for seconds. */
const WORD_CLUSTERS = 40;
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const STAYS_WITH_THE_LAST = /^[\p{Pe}\p{Pf}、。，．！？：；・ー々%…!?.,:;]/u;
const BREAKS_AFTER = /-$/;

/** Breaks a text into lines of at most the given width, each in the order in which it is drawn. */
export function breakLines(text: string, setting: Typesetting): Line[] {
  return text.split('\n').flatMap((paragraph) => {
    const { levels, base } = embeddingLevels(paragraph);
    const tokens = tokenise(setting.clusters(paragraph), levels, setting);
    return fillLines(tokens, setting).map((line) => layOut(line, base));
  });
}

function tokenise(clusters: readonly Cluster[], levels: Uint8Array, setting: Typesetting): Token[] {
  const words: { cluster: Cluster; level: number }[][] = [];
  let offset = 0;
  let previous = '';
  for (const cluster of clusters) {
    const placed = { cluster, level: levels[offset] ?? 0 };
    const word = words.at(-1);
    if (word && word.length < WORD_CLUSTERS && !breaksBetween(previous, cluster.text)) word.push(placed);
    else words.push([placed]);
    previous = cluster.text;
    offset += cluster.length;
  }
  return words.map((word) => toToken(word, setting));
}

function breaksBetween(before: string, after: string): boolean {
  if (isSpace(before) !== isSpace(after)) return true;
  if (isSpace(after) || STAYS_WITH_THE_LAST.test(after)) return false;
  return IDEOGRAPH.test(before) || IDEOGRAPH.test(after) || BREAKS_AFTER.test(before);
}

function toToken(word: readonly { cluster: Cluster; level: number }[], { measure }: Typesetting): Token {
  const pieces: Piece[] = [];
  for (const { cluster, level } of word) {
    const last = pieces.at(-1);
    if (last && last.font === cluster.font && last.level === level) last.text += cluster.text;
    else pieces.push({ text: cluster.text, font: cluster.font, level, width: 0 });
  }
  for (const piece of pieces) piece.width = measure(piece.text, piece.font);
  return { pieces, width: widthOf(pieces), isSpace: isSpace(word[0]!.cluster.text) };
}

function fillLines(tokens: readonly Token[], setting: Typesetting): Token[][] {
  const lines: Token[][] = [[]];
  let used = 0;
  for (const token of tokens.flatMap((token) => (token.width > setting.width ? splitToken(token, setting) : [token]))) {
    if (used + token.width > setting.width && used > 0 && !token.isSpace) {
      lines.push([]);
      used = 0;
    }
    // A space at a break is the break.
    if (used === 0 && token.isSpace && lines.length > 1) continue;
    lines.at(-1)!.push(token);
    used += token.width;
  }
  return lines;
}

/** For a word wider than the line: every character may begin a new one. */
function splitToken(token: Token, setting: Typesetting): Token[] {
  return token.pieces.flatMap(({ text, font, level }) =>
    setting.clusters(text).map((cluster) => toToken([{ cluster: { ...cluster, font }, level }], setting)),
  );
}

function layOut(tokens: readonly Token[], base: number): Line {
  const end = tokens.findLastIndex((token) => !token.isSpace) + 1;
  const pieces = tokens.slice(0, end).flatMap((token) => token.pieces);
  const ordered = toVisualOrder(pieces).map((piece) =>
    piece.level % 2 === 1 ? { ...piece, text: mirrored(piece.text) } : piece,
  );
  return { pieces: joinNeighbours(ordered), width: widthOf(pieces), rightToLeft: base % 2 === 1 };
}

/** Fewer and longer runs make a smaller file, out of which text copies well. */
function joinNeighbours(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.font === piece.font && last.level === 0 && piece.level === 0) {
      last.text += piece.text;
      last.width += piece.width;
    } else joined.push({ ...piece });
  }
  return joined;
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((total, piece) => total + piece.width, 0);
}

function isSpace(text: string): boolean {
  return /^\s/u.test(text);
}
