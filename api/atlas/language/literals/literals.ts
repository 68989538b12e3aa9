import type { Token } from '../tokens.js';
import { httpStatus } from './http-status.js';
import type { Literal, LiteralReader } from './literal.js';
import { multiple } from './multiples.js';
import { lastOnes, ordinal } from './ordinals.js';
import { percentiles } from './percentiles.js';
import { promptNumbers, promptsBeyond } from './prompt-numbers.js';
import { quantity, rangeTo } from './quantities.js';
import { shareOfAll } from './shares.js';
import { timesAs } from './times-as.js';

/** In the order of their claims: the first that reads something wins. */
const READERS: readonly LiteralReader[] = [
  percentiles,
  promptsBeyond,
  promptNumbers,
  httpStatus,
  lastOnes,
  multiple,
  timesAs,
  rangeTo,
  ordinal,
  shareOfAll,
  quantity,
];

/** A number with its meaning at this place: percentile, prompt, HTTP status, ordinal, quantity with unit. */
export function readLiteral(tokens: readonly Token[], at: number): Literal | null {
  for (const read of READERS) {
    const literal = read(tokens, at);
    if (literal) return literal;
  }
  return null;
}
