import { readNumber, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import type { Literal } from './literal.js';

const TIMES: Record<string, number> = { twice: 2, double: 2, thrice: 3, triple: 3, half: 0.5 };
const FIGURE = /^(average|avg|mean|median|typical|usual|norm|p\d+)$/;
const BEYOND_BY = /^(slower|faster|longer|shorter|quicker|more|fewer|less|above|over|below|under|higher|lower|bigger)$/;

/** "twice the median", "1.5 times as long as the average", "20 % slower than the mean": a figure taken so many times. */
export function multiple(tokens: readonly Token[], at: number): Literal | null {
  const beyond = percentBeyond(tokens, at);
  if (beyond) return beyond;
  const times = timesAt(tokens, at);
  if (!times) return null;
  const { end, figure } = afterAs(tokens, times.end);
  let named = figure;
  while (/^(the|my|our|its|their|of|that)$/.test(text(tokens, named))) named += 1;
  return FIGURE.test(text(tokens, named)) ? { tag: { kind: 'multiple', value: times.value, by: false }, end } : null;
}

function percentBeyond(tokens: readonly Token[], at: number): Literal | null {
  const read = readNumber(tokens, at);
  if (!read || UNITS.get(text(tokens, read.end)) !== 'percent' || !BEYOND_BY.test(text(tokens, read.end + 1)))
    return null;
  return { tag: { kind: 'multiple', value: read.value / 100, by: true }, end: read.end + 1 };
}

function timesAt(tokens: readonly Token[], at: number): { value: number; end: number } | null {
  const named = TIMES[text(tokens, at)];
  if (named !== undefined) return { value: named, end: at + 1 };
  const read = readNumber(tokens, at);
  return read && /^(times|x|×|\*)$/.test(text(tokens, read.end)) ? { value: read.value, end: read.end + 1 } : null;
}

const MOST_BETWEEN = 5;

/** "as long as the mean", and "as many tokens as the mean", where the tokens are still to be read. */
function afterAs(tokens: readonly Token[], at: number): { end: number; figure: number } {
  if (text(tokens, at) !== 'as') return { end: at, figure: at };
  const counted = /^(many|much)$/.test(text(tokens, at + 1));
  const second = tokens.findIndex(({ text }, index) => index > at && text === 'as');
  const figure = second > at && second <= at + MOST_BETWEEN ? second + 1 : at;
  return { end: counted ? at + 2 : figure, figure };
}
