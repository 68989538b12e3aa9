import type { Condition } from '../../plan.js';
import { spokenDigits, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import { type Literal, NOT_A_PROMPT } from './literal.js';

const NAMING = /^(http|https|status|code|error|codes)$/;
const COMPARING =
  /^(than|then|over|under|below|above|least|most|exceeds?|exceeding|beyond|past|within|between|[<>=]=?|and|to|in|top|first|last|all)$/;
/** Said as numbers, these are statuses and nothing else. */
const SPOKEN = new Set([400, 401, 402, 403, 404, 408, 409, 413, 415, 422, 425, 429, 500, 501, 502, 503, 504, 529]);

/** "429", "503s", "5xx", "the 500s", "HTTP 500", "status code 404", "four twenty nine", "five hundred something". */
export function httpStatus(tokens: readonly Token[], at: number): Literal | null {
  let start = at;
  while (NAMING.test(text(tokens, start))) start += 1;
  const named = start > at && text(tokens, at) !== 'error';
  if (named && /^(of|is|=|was|:)$/.test(text(tokens, start))) start += 1;
  return statusFamily(tokens, start) ?? writtenStatus(tokens, start, named) ?? spokenStatus(tokens, start, named);
}

function statusTag(tokens: readonly Token[], where: Condition, at: number): Literal {
  let end = at;
  while (/^(error|errors|s|status|code|codes|ed)$/.test(text(tokens, end))) end += 1;
  return { tag: { kind: 'filter', where, noun: true }, end };
}

function familyTag(tokens: readonly Token[], hundreds: number, end: number): Literal {
  const low = hundreds * 100;
  return statusTag(tokens, { field: 'error.httpStatus', op: 'between', value: [low, low + 99] }, end);
}

/** "5xx", "500s", "500 something", "five hundreds", "a five hundred and something", "in the 400 range". */
function statusFamily(tokens: readonly Token[], at: number): Literal | null {
  const digits = /^([45])(xx|00)?$/.exec(text(tokens, at));
  if (digits && /^xxs?$/.test(text(tokens, at + 1)))
    return familyTag(tokens, Number(digits[1]), openEnd(tokens, at + 2));
  if (digits?.[2] === 'xx') return familyTag(tokens, Number(digits[1]), at + 1);
  const spoken = /^(four|five|4|5)$/.test(text(tokens, at)) ? readHundreds(tokens, at) : null;
  const hundreds = digits?.[2] === '00' ? { value: Number(digits[1]), end: at + 1, plural: false } : spoken;
  if (hundreds === null) return null;
  const glued = text(tokens, hundreds.end) === 's' && tokens[hundreds.end]?.glued === true;
  const end = glued ? hundreds.end + 1 : hundreds.end;
  const open = openEnd(tokens, end);
  if (!glued && !hundreds.plural && open === end) return null;
  return COMPARING.test(text(tokens, at - 1)) && open === end ? null : familyTag(tokens, hundreds.value, open);
}

function readHundreds(tokens: readonly Token[], at: number): { value: number; end: number; plural: boolean } | null {
  const word = text(tokens, at + 1);
  if (!/^hundreds?$/.test(word)) return null;
  return { value: /^(four|4)$/.test(text(tokens, at)) ? 4 : 5, end: at + 2, plural: word === 'hundreds' };
}

/** "something", "and something", "range": which of them is left open. */
function openEnd(tokens: readonly Token[], at: number): number {
  const start = text(tokens, at) === 'and' ? at + 1 : at;
  if (/^(something|somethings|odd|ish|whatever)$/.test(text(tokens, start))) return start + 1;
  return /^(range|family|series|class|level|block|type)$/.test(text(tokens, at)) ? at + 1 : at;
}

function writtenStatus(tokens: readonly Token[], at: number, named: boolean): Literal | null {
  const digits = text(tokens, at);
  if (!/^[45]\d\d$/.test(digits)) return null;
  const after = text(tokens, at + 1);
  const quantified = (after !== 's' && UNITS.has(after)) || NOT_A_PROMPT.test(after);
  const ranged = /^(-|to|till|until|through|up)$/.test(after) && !/^(errors?|codes?)$/.test(text(tokens, at + 3));
  const listed = text(tokens, at - 1) === 'and' && after === 's' && tokens[at - 2]?.kind !== 'number';
  const compared = COMPARING.test(text(tokens, at - 1)) && !(listed && SPOKEN.has(Number(digits)));
  if (!named && (quantified || ranged || compared)) return null;
  return statusTag(tokens, { field: 'error.httpStatus', op: '=', value: Number(digits) }, at + 1);
}

/** "four twenty nine", "five oh three", "five hundred and two", "four two nine". */
function spokenStatus(tokens: readonly Token[], at: number, named: boolean): Literal | null {
  const family = /^(four|five)$/.exec(text(tokens, at))?.[1];
  if (family === undefined || (!named && COMPARING.test(text(tokens, at - 1)))) return null;
  const hundred = text(tokens, at + 1) === 'hundred';
  const plainHundred = hundred && (named || /^errors?$/.test(text(tokens, at + 2)));
  const start = hundred ? (text(tokens, at + 2) === 'and' ? at + 3 : at + 2) : at + 1;
  const rest = readLastDigits(tokens, start, hundred) ?? (plainHundred ? { value: 0, end: start } : null);
  const value = (family === 'four' ? 400 : 500) + (rest?.value ?? 0);
  if (rest === null || !SPOKEN.has(value)) return null;
  const after = text(tokens, rest.end);
  if (!named && (UNITS.has(after) || NOT_A_PROMPT.test(after))) return null;
  return statusTag(tokens, { field: 'error.httpStatus', op: '=', value }, rest.end);
}

/** "twenty nine", "oh three", "two nine"; behind "hundred" also "two". */
function readLastDigits(
  tokens: readonly Token[],
  at: number,
  behindHundred: boolean,
): { value: number; end: number } | null {
  const [first, second] = [spokenDigits(text(tokens, at)), spokenDigits(singular(text(tokens, at + 1)))];
  if (first.length === 1 && second.length === 1) return { value: Number(first + second), end: at + 2 };
  if (/^[2-9]0$/.test(first) && second.length === 1) return { value: Number(first) + Number(second), end: at + 2 };
  if (first.length === 2) return { value: Number(first), end: at + 1 };
  const last = spokenDigits(singular(text(tokens, at)));
  return behindHundred && last.length === 1 ? { value: Number(last), end: at + 1 } : null;
}

/** The "nines" of "four twenty nines". */
const singular = (word: string) =>
  /^(ones|twos|threes|fours|fives|sevens|eights|nines)$/.test(word) ? word.slice(0, -1) : word;
