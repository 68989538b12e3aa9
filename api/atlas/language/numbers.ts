import data from './data/numbers.json' with { type: 'json' };
import { type Token, text } from './tokens.js';

const CARDINALS = new Map(Object.entries(data.cardinals));
const MULTIPLIERS = new Map(Object.entries(data.multipliers));
const ORDINALS = new Map(Object.entries(data.ordinals));
export const FRACTIONS = new Map(Object.entries(data.fractions));
export const UNITS = new Map(
  Object.entries(data.units).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

export interface NumberRead {
  value: number;
  /** First token after it. */
  end: number;
}

/** "1,250" is a thousand and more, "1,3" is a decimal fraction. */
export function parseDigits(digits: string): number {
  const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits);
  return Number(thousands ? digits.replace(/,/g, '') : digits.replace(',', '.'));
}

/** Reads a number in digits or words: "1.2", "1,3", "2k", "twenty five", "one and a half", "half a", "a hundred". */
export function readNumber(tokens: readonly Token[], at: number): NumberRead | null {
  const read =
    readFraction(tokens, at) ?? readDigits(tokens, at) ?? readWords(tokens, at) ?? readDecimalAlone(tokens, at);
  return read && withHalf(tokens, read);
}

function readDigits(tokens: readonly Token[], at: number): NumberRead | null {
  if (tokens[at]?.kind !== 'number') return null;
  const value = parseDigits(text(tokens, at));
  const multiplier = MULTIPLIERS.get(text(tokens, at + 1));
  return multiplier === undefined ? { value, end: at + 1 } : { value: value * multiplier, end: at + 2 };
}

/** "half a", "a quarter of a", "three quarters of a": a fraction of the unit that follows. */
function readFraction(tokens: readonly Token[], at: number): NumberRead | null {
  const counted =
    CARDINALS.get(text(tokens, at)) ?? (/^\d$/.test(text(tokens, at)) ? Number(text(tokens, at)) : undefined);
  const leads = counted !== undefined || ['a', 'an'].includes(text(tokens, at));
  const start = leads ? at + 1 : at;
  const fraction = FRACTIONS.get(text(tokens, start).replace(/(?<=r|d|h)s$/, ''));
  if (fraction === undefined) return null;
  let end = start + 1;
  if (text(tokens, end) === 'of') end += 1;
  const article = ['a', 'an', 'one'].includes(text(tokens, end));
  if (article) end += 1;
  if (!UNITS.has(text(tokens, end))) return null;
  return { value: (counted ?? 1) * fraction, end };
}

function readWords(tokens: readonly Token[], at: number): NumberRead | null {
  const article =
    ['a', 'an'].includes(text(tokens, at)) && MULTIPLIERS.has(text(tokens, at + 1)) && text(tokens, at + 1) !== 'k';
  const first = article ? 1 : CARDINALS.get(text(tokens, at));
  if (first === undefined) return null;
  let value = first;
  let end = at + 1;
  const ones = CARDINALS.get(text(tokens, end));
  if (value >= 20 && ones !== undefined && ones > 0 && ones < 10) {
    value += ones;
    end += 1;
  }
  const multiplier = MULTIPLIERS.get(text(tokens, end));
  if (multiplier !== undefined && multiplier >= 12) {
    const rest = readWords(tokens, text(tokens, end + 1) === 'and' ? end + 2 : end + 1);
    const more = rest && rest.value < multiplier ? rest : null;
    return { value: value * multiplier + (more?.value ?? 0), end: more?.end ?? end + 1 };
  }
  const decimals = readDecimals(tokens, end);
  return decimals ? { value: value + decimals.value, end: decimals.end } : { value, end };
}

const LONGEST_DECIMALS = 4;

/** "point seven five", "point seventy five", "point oh five": what is said behind the decimal point. */
function readDecimals(tokens: readonly Token[], at: number): NumberRead | null {
  if (text(tokens, at) !== 'point') return null;
  let digits = '';
  let end = at + 1;
  while (digits.length < LONGEST_DECIMALS) {
    const said = tokens[end]?.kind === 'number' ? text(tokens, end) : spokenDigits(text(tokens, end));
    const follows = /[1-9]0$/.test(digits) && said.length === 1;
    if (!/^\d+$/.test(said)) break;
    digits = follows && said !== '0' ? `${digits.slice(0, -1)}${said}` : digits + said;
    end += 1;
  }
  return digits === '' ? null : { value: Number(`0.${digits}`), end };
}

export const spokenDigits = (word: string) =>
  /^(oh|o|nought|naught)$/.test(word) ? '0' : String(CARDINALS.get(word) ?? '');

/** "point eight seconds": nothing is said before the point, so a unit has to follow. */
function readDecimalAlone(tokens: readonly Token[], at: number): NumberRead | null {
  const read = readDecimals(tokens, at);
  return read && UNITS.has(text(tokens, read.end)) ? read : null;
}

/** "one and a half", "1 and a half". */
function withHalf(tokens: readonly Token[], read: NumberRead): NumberRead {
  const tail = [0, 1, 2].map((offset) => text(tokens, read.end + offset));
  const part = FRACTIONS.get((tail[2] ?? '').replace(/s$/, ''));
  const times = { a: 1, one: 1, three: 3 }[tail[1] ?? ''];
  if (
    tail[0] === 'and' &&
    times !== undefined &&
    part !== undefined &&
    (tail[2] === 'half' || UNITS.has(text(tokens, read.end + 3)))
  )
    return { value: read.value + part * times, end: read.end + 3 };
  return read;
}

/** "3rd", "ninety fifth", "second". */
export function readOrdinal(tokens: readonly Token[], at: number): NumberRead | null {
  if (tokens[at]?.kind === 'number' && /^(st|nd|rd|th)$/.test(text(tokens, at + 1)) && tokens[at + 1]?.glued)
    return { value: Number(text(tokens, at)), end: at + 2 };
  const whole = ORDINALS.get(text(tokens, at));
  if (whole !== undefined) return { value: whole, end: at + 1 };
  const tens = CARDINALS.get(text(tokens, at));
  const ones = ORDINALS.get(text(tokens, at + 1));
  if (tens !== undefined && tens >= 20 && ones !== undefined && ones < 10) return { value: tens + ones, end: at + 2 };
  return null;
}
