import { readNumber, readOrdinal, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import type { Literal } from './literal.js';

/** "last two". */
export function lastOnes(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(last|final)$/.test(text(tokens, at))) return null;
  const read = readNumber(tokens, at + 1);
  if (!read || !Number.isInteger(read.value) || UNITS.has(text(tokens, read.end))) return null;
  return { tag: { kind: 'pick', from: 'last', count: read.value }, end: read.end };
}

/** "the third", "2nd slowest". */
export function ordinal(tokens: readonly Token[], at: number): Literal | null {
  const read = readOrdinal(tokens, at);
  if (!read || isSecondOfTime(tokens, at)) return null;
  const opensStory = /^(,|of|off|:|-|thing|things|i)$/.test(text(tokens, read.end));
  if (opensStory && !saysHowSorted(tokens, at)) return null;
  return { tag: { kind: 'ordinal', value: read.value }, end: read.end };
}

/** "1 second", "sub-second" */
const isSecondOfTime = (tokens: readonly Token[], at: number) =>
  text(tokens, at) === 'second' && (readNumber(tokens, at - 1) !== null || text(tokens, at - 1) === 'sub');

/** "longest response time first, only hr" */
const saysHowSorted = (tokens: readonly Token[], at: number) =>
  text(tokens, at) === 'first' && text(tokens, at + 1) === ',' && SORTED.test(text(tokens, at - 1));

const SORTED =
  /^(times?|latenc(y|ies)|durations?|tokens?|outputs?|counts?|words?|characters|answers?|repl(y|ies)|responses?|prompts?|ones?|lengths?|sizes?|waits?|values?|numbers?)$/;
