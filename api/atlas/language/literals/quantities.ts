import { FRACTIONS, type NumberRead, readNumber, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import type { Literal } from './literal.js';
import { afterServed } from './shares.js';

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

/** "2.5 s", "100", "80 tok/s", "95 percent"; "a second" where a limit is spoken of. */
export function quantity(tokens: readonly Token[], at: number): Literal | null {
  const read = subUnit(tokens, at) ?? readNumber(tokens, at) ?? oneUnit(tokens, at);
  if (!read) return null;
  const { value, end } = read;
  const unit = UNITS.get(text(tokens, end)) ?? null;
  const factor = MILLISECONDS[unit ?? ''];
  if (factor !== undefined) return duration(tokens, value, end + 1, factor);
  if (unit === 'percent') return { tag: { kind: 'quantity', value, unit }, end: afterServed(tokens, end + 1) };
  if (unit === 'tokens/s' || unit === 'attempts') return { tag: { kind: 'quantity', value, unit }, end: end + 1 };
  return isPronoun(tokens, at, end) ? null : { tag: { kind: 'quantity', value, unit: null }, end };
}

/** "the slow one", unless it is held against: "more than one". */
const isPronoun = (tokens: readonly Token[], at: number, end: number) =>
  text(tokens, at) === 'one' &&
  end === at + 1 &&
  !/^(than|over|exactly|number|to|between|under|above|below)$/.test(text(tokens, at - 1));

/** Seconds and minutes in milliseconds; "a second and a half", "two seconds and three quarters". */
function duration(tokens: readonly Token[], whole: number, end: number, factor: number): Literal {
  const counted = text(tokens, end) === 'and' && /^(a|one|three)$/.test(text(tokens, end + 1));
  const part = counted ? FRACTIONS.get(text(tokens, end + 2).replace(/s$/, '')) : undefined;
  const times = text(tokens, end + 1) === 'three' ? 3 : 1;
  const value = Math.round((whole + (part ?? 0) * times) * factor * 1000) / 1000;
  return { tag: { kind: 'quantity', value, unit: 'ms' }, end: part === undefined ? end : end + 3 };
}

/** "sub-second": the unit alone. */
const subUnit = (tokens: readonly Token[], at: number): NumberRead | null =>
  text(tokens, at - 1) === 'sub' && /^(second|sec|minute)$/.test(text(tokens, at)) ? { value: 1, end: at } : null;

const LIMITING =
  /^(than|then|over|under|below|above|within|exceed|exceeds|exceeding|exceeded|beyond|past|least|most|in|sub|one|a|between|and|or|full|whole|of|takes?|took|taking|needs?|needed|before|after|inside)$/;

/** "over a second", "a full minute" */
function oneUnit(tokens: readonly Token[], at: number): NumberRead | null {
  const article = /^(a|an|full|whole|1)$/.test(text(tokens, at)) || isTheSecond(tokens, at);
  const named = /^(second|sec|secs|minute|min|millisecond)$/.test(text(tokens, at + 1));
  return article && named && LIMITING.test(text(tokens, at - 1)) ? { value: 1, end: at + 1 } : null;
}

/** "past the second" is a limit; "and the second slowest" counts. */
const isTheSecond = (tokens: readonly Token[], at: number) =>
  text(tokens, at) === 'the' && /^(than|over|under|below|above|within|beyond|past|inside)$/.test(text(tokens, at - 1));

/** The "to" of "5 to 10 seconds". */
export function rangeTo(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(to|till|until|through)$/.test(text(tokens, at)) || !readNumber(tokens, at + 1)) return null;
  const before = UNITS.has(text(tokens, at - 1)) ? at - 2 : at - 1;
  return readNumber(tokens, before)?.end === before + 1 ? { tag: { kind: 'joint', joint: 'and' }, end: at + 1 } : null;
}
