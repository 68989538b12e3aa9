import { FRACTIONS, readNumber, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import { isServed } from '../vocabulary.js';
import type { Literal } from './literal.js';

/** "nine out of ten customers", "half of the responses", "the fastest quarter": in percent. */
export const shareOfAll = (tokens: readonly Token[], at: number) =>
  oneIn(tokens, at) ?? endOfRanking(tokens, at) ?? partOfAll(tokens, at);

const percent = (value: number, end: number): Literal => ({ tag: { kind: 'quantity', value, unit: 'percent' }, end });

const ROUND = new Set([4, 5, 10, 20, 100]);
const ANSWERED = /^(prompts|requests|calls|questions|queries|responses|answers|replies)$/;

/** "nine out of ten customers", "9 in 10 requests". */
function oneIn(tokens: readonly Token[], at: number): Literal | null {
  const part = readNumber(tokens, at);
  if (!part) return null;
  const counted = isCounted(text(tokens, part.end)) || ANSWERED.test(text(tokens, part.end));
  const start = afterOutOf(tokens, counted ? part.end + 1 : part.end);
  const whole = start === null ? null : readNumber(tokens, start);
  if (!whole || !ROUND.has(whole.value) || part.value >= whole.value || UNITS.has(text(tokens, whole.end))) return null;
  const value = Math.round((part.value / whole.value) * 100_000) / 1000;
  return percent(value, isCounted(text(tokens, whole.end)) ? whole.end + 1 : whole.end);
}

function afterOutOf(tokens: readonly Token[], at: number): number | null {
  if (text(tokens, at) === 'out' && text(tokens, at + 1) === 'of') return at + 2;
  return /^(in|of)$/.test(text(tokens, at)) ? at + 1 : null;
}

/** "the fastest quarter", "the slowest half of the prompts". */
function endOfRanking(tokens: readonly Token[], at: number): Literal | null {
  const ranked = /^(slowest|fastest|quickest|longest|shortest|worst|best)$/.test(text(tokens, at - 1));
  if (!ranked || !/^(half|quarter|tenth)$/.test(text(tokens, at))) return null;
  return percent(Math.round((FRACTIONS.get(text(tokens, at)) ?? 0) * 100), afterOf(tokens, at + 1));
}

/** "half of the responses", "half my prompts", "three quarters of all prompts". */
function partOfAll(tokens: readonly Token[], at: number): Literal | null {
  const times = { a: 1, one: 1, two: 2, three: 3 }[text(tokens, at)];
  const start = times === undefined ? at : at + 1;
  const part = FRACTIONS.get(text(tokens, start).replace(/s$/, ''));
  const said = times !== undefined || text(tokens, start) === 'half' || text(tokens, start + 1) === 'of';
  const end = afterOf(tokens, start + 1);
  if (part === undefined || !said || !ALL.test(text(tokens, end))) return null;
  return percent(Math.round(part * (times ?? 1) * 100), end);
}

const ALL = /^(the|all|my|our|them|these|those|prompts|responses|answers|replies|requests|calls)$/;
const afterOf = (tokens: readonly Token[], at: number) => (text(tokens, at) === 'of' ? at + 1 : at);

/** "95 percent of our customers": they are served by as many prompts. */
export function afterServed(tokens: readonly Token[], at: number): number {
  if (text(tokens, at) !== 'of') return at;
  const named = /^(the|our|my|all)$/.test(text(tokens, at + 1)) ? at + 2 : at + 1;
  return isCounted(text(tokens, named)) ? named + 1 : at;
}

/** Who or what was served; prompts and responses are left to say what is counted. */
const isCounted = (word: string) => isServed(word) || /^(cases|times|persons)$/.test(word);
