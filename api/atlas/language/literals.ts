import { httpStatus } from './http-status.js';
import { type Literal, NOT_A_PROMPT } from './literal.js';
import { FRACTIONS, parseDigits, readNumber, readOrdinal, UNITS } from './numbers.js';
import { timesAs } from './times-as.js';
import type { Token } from './tokens.js';
import { isServed } from './vocabulary.js';

type Reader = (tokens: readonly Token[], at: number) => Literal | null;

/** In the order of their claims: the first that reads something wins. */
const READERS: readonly Reader[] = [
  percentiles,
  promptsBeyond,
  promptNumbers,
  httpStatus,
  lastOnes,
  multiple,
  timesAs,
  rangeTo,
  ordinal,
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

const text = (tokens: readonly Token[], at: number) => tokens[at]?.text ?? '';
const isWholeNumber = (value: number) => Number.isInteger(value) && value >= 0;

const PERCENTILE_WORD = /^(percentiles?|pctls?|pctile|pctl|centiles?|ptile|percentil|percentille|perzentil|%ile|ile)$/;
const SEPARATOR = /^(,|\/|and|&)$/;

function percentiles(tokens: readonly Token[], at: number): Literal | null {
  return (
    shortPercentile(tokens, at) ?? quantile(tokens, at) ?? namedPercentile(tokens, at) ?? listedPercentiles(tokens, at)
  );
}

/** "p95", "p 95", "p99.9", "tp90", "p ninety five". */
function shortPercentile(tokens: readonly Token[], at: number): Literal | null {
  const match = /^t?p(\d{0,3})(th)?$/.exec(text(tokens, at));
  if (!match) return null;
  let end = at + 1;
  let digits = match[1] ?? '';
  const next = tokens[end];
  const spoken = digits === '' && next?.kind === 'word' ? readNumber(tokens, end) : null;
  if (spoken) return percentileTag([spoken.value], spoken.end);
  if (digits === '' && next?.kind === 'number') {
    digits = next.text;
    end += 1;
  } else if (next?.kind === 'number' && next.glued && next.text.startsWith('.')) {
    digits += next.text;
    end += 1;
  }
  return percentileTag([parseDigits(digits)], digits === '' ? null : end);
}

/** "quantile(.75)", "0.9 quantile", "q0.5". */
function quantile(tokens: readonly Token[], at: number): Literal | null {
  const named = /^quantiles?$/.test(text(tokens, at));
  let start = named ? at + 1 : at;
  while (named && /^([(:]|of|at)$/.test(text(tokens, start))) start += 1;
  const read = tokens[start]?.kind === 'number' ? readNumber(tokens, start) : null;
  if (!read || read.value > 1 || read.value <= 0) return null;
  const end = named ? read.end : /^quantiles?$/.test(text(tokens, read.end)) ? read.end + 1 : null;
  return end === null ? null : percentileTag([Math.round(read.value * 1e4) / 100], end);
}

/** "percentile 95". */
function namedPercentile(tokens: readonly Token[], at: number): Literal | null {
  if (!PERCENTILE_WORD.test(text(tokens, at)) && text(tokens, at) !== 'perc') return null;
  const read = readNumber(tokens, at + 1);
  return read && percentileTag([read.value], read.end);
}

/** "95th percentile", "25/50/75 percentiles", "ninety fifth pctl". */
function listedPercentiles(tokens: readonly Token[], at: number): Literal | null {
  const values: number[] = [];
  let end = at;
  while (values.length < 8) {
    const read = readOrdinal(tokens, end) ?? readNumber(tokens, end);
    if (!read) return null;
    values.push(read.value);
    end = read.end;
    while (/^(%|-|th)$/.test(text(tokens, end))) end += 1;
    const line = text(tokens, end - 1) === '%' && /^lines?$/.test(text(tokens, end));
    if (line || PERCENTILE_WORD.test(text(tokens, end))) return percentileTag(values, end + 1);
    if (!SEPARATOR.test(text(tokens, end))) return null;
    while (SEPARATOR.test(text(tokens, end))) end += 1;
    if (text(tokens, end) === 'the') end += 1;
  }
  return null;
}

function percentileTag(values: number[], end: number | null): Literal | null {
  if (end === null || values.some((value) => !(value >= 0 && value <= 100))) return null;
  return { tag: { kind: 'aggregate', aggregates: values.map((value) => `p${value}`) }, end };
}

const PROMPT_WORD =
  /^(prompts?|questions?|requests?|responses?|repl(y|ies)|answers?|rows?|cases?|items?|calls?|tests?|entr(y|ies)|samples?|tasks?|quer(y|ies)|examples?|records?|outputs?|#|number|numbers|nr|num|id|index|no)$/;
const NUMBER_WORD = /^(#|number|numbers|nr|num|no|id|index|to)$/;
const LIST_SEPARATOR = /^(,|and|&|\/|or|vs|versus|against|\+)$/;

/** "prompt 7", "#7", "number seven", "prompts 3, 5 and 8", "rows 2 to 6". */
function promptNumbers(tokens: readonly Token[], at: number): Literal | null {
  const nth = readOrdinal(tokens, at);
  if (
    nth &&
    /^(prompt|question|request|row|case|item|query|response|reply|answer|test|entry)$/.test(text(tokens, nth.end))
  )
    return { tag: { kind: 'prompts', numbers: [nth.value] }, end: nth.end + 1 };
  if (!PROMPT_WORD.test(text(tokens, at))) return null;
  let end = at + 1;
  while (NUMBER_WORD.test(text(tokens, end)) || text(tokens, end) === '.') end += 1;
  const numbers: number[] = [];
  for (;;) {
    const read = promptNumber(tokens, end);
    if (!read) break;
    numbers.push(...read.numbers);
    end = read.end;
    const separated = LIST_SEPARATOR.test(text(tokens, end));
    let next = separated ? end + 1 : end;
    while (separated && (LIST_SEPARATOR.test(text(tokens, next)) || NUMBER_WORD.test(text(tokens, next)))) next += 1;
    if (!separated || !promptNumber(tokens, next)) break;
    end = next;
  }
  return numbers.length > 0 ? { tag: { kind: 'prompts', numbers }, end } : null;
}

const BEYOND: Record<string, '<' | '>'> = { after: '>', above: '>', beyond: '>', before: '<', below: '<' };

/** "prompts after number 10", "prompts before 5". */
function promptsBeyond(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(prompts|rows|questions|requests)$/.test(text(tokens, at))) return null;
  const numbered = /^(numbers?|numbered)$/.test(text(tokens, at + 1)) ? at + 2 : at + 1;
  const side = text(tokens, numbered);
  const op = BEYOND[side];
  const named = /^(number|prompt|#|no|nr)$/.test(text(tokens, numbered + 1));
  const read = promptNumber(tokens, named ? numbered + 2 : numbered + 1);
  const [value, ...more] = read?.numbers ?? [];
  const sure = named || numbered > at + 1 || /^(after|before)$/.test(side);
  if (op === undefined || !read || value === undefined || more.length > 0 || !sure) return null;
  return { tag: { kind: 'filter', where: { field: 'number', op, value } }, end: read.end };
}

function promptNumber(tokens: readonly Token[], at: number): { numbers: number[]; end: number } | null {
  const token = tokens[at];
  if (token?.kind === 'number' && /^\d+,\d{1,2}$/.test(token.text))
    return { numbers: token.text.split(',').map(Number), end: at + 1 };
  const read = readNumber(tokens, at);
  if (!read || !isWholeNumber(read.value)) return null;
  const after = text(tokens, read.end);
  const itsAnswer =
    /^(number|#|prompt|question)$/.test(text(tokens, at - 1)) && /^(answer|response|reply)$/.test(after);
  if (UNITS.has(after) || (NOT_A_PROMPT.test(after) && after !== 'or' && !itsAnswer)) return null;
  const named = /^(prompts?|rows?|numbers?|#|questions?|requests?)$/.test(text(tokens, read.end + 1)) ? 2 : 1;
  const range = /^(-|to|through|till|until|thru)$/.test(after) ? readNumber(tokens, read.end + named) : null;
  if (
    range &&
    isWholeNumber(range.value) &&
    range.value > read.value &&
    range.value - read.value < 20 &&
    !UNITS.has(text(tokens, range.end))
  )
    return {
      numbers: Array.from({ length: range.value - read.value + 1 }, (_, step) => read.value + step),
      end: range.end,
    };
  return { numbers: [read.value], end: read.end };
}

/** "last two". */
function lastOnes(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(last|final)$/.test(text(tokens, at))) return null;
  const read = readNumber(tokens, at + 1);
  if (!read || !isWholeNumber(read.value) || UNITS.has(text(tokens, read.end))) return null;
  return { tag: { kind: 'pick', from: 'last', count: read.value }, end: read.end };
}

/** "the third", "2nd slowest". */
function ordinal(tokens: readonly Token[], at: number): Literal | null {
  const read = readOrdinal(tokens, at);
  if (!read) return null;
  if (text(tokens, at) === 'second' && (readNumber(tokens, at - 1) || text(tokens, at - 1) === 'sub')) return null;
  const sorts = text(tokens, at) === 'first' && text(tokens, read.end) === ',' && SORTED.test(text(tokens, at - 1));
  if (!sorts && /^(,|of|off|:|-|thing|things|i)$/.test(text(tokens, read.end))) return null;
  return { tag: { kind: 'ordinal', value: read.value }, end: read.end };
}

/** What stands before "first, …" where it says how things are sorted: "longest response time first, only hr". */
const SORTED =
  /^(times?|latenc(y|ies)|durations?|tokens?|outputs?|counts?|words?|characters|answers?|repl(y|ies)|responses?|prompts?|ones?|lengths?|sizes?|waits?|values?|numbers?)$/;

/** The "to" of "5 to 10 seconds". */
function rangeTo(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(to|till|until|through)$/.test(text(tokens, at)) || !readNumber(tokens, at + 1)) return null;
  const before = UNITS.has(text(tokens, at - 1)) ? at - 2 : at - 1;
  return readNumber(tokens, before)?.end === before + 1 ? { tag: { kind: 'joint', joint: 'and' }, end: at + 1 } : null;
}

const TIMES: Record<string, number> = { twice: 2, double: 2, thrice: 3, triple: 3, half: 0.5 };
const FIGURE = /^(average|avg|mean|median|typical|usual|norm|p\d+)$/;
const BEYOND_BY = /^(slower|faster|longer|shorter|quicker|more|fewer|less|above|over|below|under|higher|lower|bigger)$/;

/** "twice the median", "1.5 times as long as the average", "20 % slower than the mean": a figure taken so many times. */
function multiple(tokens: readonly Token[], at: number): Literal | null {
  const named = TIMES[text(tokens, at)];
  const read = named === undefined ? readNumber(tokens, at) : { value: named, end: at + 1 };
  if (!read) return null;
  const unit = text(tokens, read.end);
  if (UNITS.get(unit) === 'percent')
    return BEYOND_BY.test(text(tokens, read.end + 1))
      ? { tag: { kind: 'multiple', value: read.value / 100, by: true }, end: read.end + 1 }
      : null;
  let end = read.end;
  if (named === undefined) {
    if (!/^(times|x|×|\*)$/.test(unit)) return null;
    end += 1;
  }
  end = afterAsLongAs(tokens, end);
  const unitBetween = /^(as many|as much)$/.test(`${text(tokens, end - 2)} ${text(tokens, end - 1)}`);
  const as = unitBetween ? tokens.findIndex(({ text }, index) => index >= end && text === 'as') + 1 : 0;
  let next = as > end && as < end + 5 ? as : end;
  while (/^(the|my|our|its|their|of|that)$/.test(text(tokens, next))) next += 1;
  return FIGURE.test(text(tokens, next)) ? { tag: { kind: 'multiple', value: read.value, by: false }, end } : null;
}

function afterAsLongAs(tokens: readonly Token[], at: number): number {
  if (text(tokens, at) !== 'as') return at;
  if (/^(many|much)$/.test(text(tokens, at + 1))) return at + 2;
  const second = tokens.findIndex(({ text }, index) => index > at && text === 'as');
  return second > at && second < at + 4 ? second + 1 : at;
}

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

/** "2.5 s", "100", "half a second", "80 tok/s"; "a second" where a limit is spoken of. */
function quantity(tokens: readonly Token[], at: number): Literal | null {
  const part = partOfAll(tokens, at);
  if (part) return part;
  const read = subUnit(tokens, at) ?? readNumber(tokens, at) ?? oneUnit(tokens, at);
  if (!read) return null;
  const unit = UNITS.get(text(tokens, read.end));
  if (
    text(tokens, at) === 'one' &&
    read.end === at + 1 &&
    unit === undefined &&
    !/^(than|over|exactly|number|to|between|under|above|below)$/.test(text(tokens, at - 1))
  )
    return null;
  const factor = unit === undefined ? undefined : MILLISECONDS[unit];
  if (factor !== undefined) return withFraction(tokens, read.value, read.end + 1, factor);
  if (unit === 'tokens/s' || unit === 'percent' || unit === 'attempts')
    return {
      tag: { kind: 'quantity', value: read.value, unit },
      end: unit === 'percent' ? afterServed(tokens, read.end + 1) : read.end + 1,
    };
  return { tag: { kind: 'quantity', value: read.value, unit: null }, end: read.end };
}

/** "95 percent of our customers": they are served by as many prompts. */
function afterServed(tokens: readonly Token[], at: number): number {
  if (text(tokens, at) !== 'of') return at;
  const named = /^(the|our|my|all)$/.test(text(tokens, at + 1)) ? at + 2 : at + 1;
  return isCounted(text(tokens, named)) ? named + 1 : at;
}

/** "a second and a half", "two seconds and a quarter". */
function withFraction(tokens: readonly Token[], whole: number, end: number, factor: number): Literal {
  const joined = text(tokens, end) === 'and' && /^(a|one|three)$/.test(text(tokens, end + 1));
  const part = joined ? FRACTIONS.get(text(tokens, end + 2).replace(/s$/, '')) : undefined;
  const times = text(tokens, end + 1) === 'three' ? 3 : 1;
  return {
    tag: { kind: 'quantity', value: roundOff((whole + (part ?? 0) * times) * factor), unit: 'ms' },
    end: part === undefined ? end : end + 3,
  };
}

/** "half of the responses", "three quarters of all prompts". */
function partOfAll(tokens: readonly Token[], at: number): Literal | null {
  const among = oneIn(tokens, at);
  if (among) return among;
  const counted = /^(one|two|three|a)$/.exec(text(tokens, at))?.[1];
  const start = counted === undefined ? at : at + 1;
  const part = FRACTIONS.get(text(tokens, start).replace(/s$/, ''));
  const tail = /^(slowest|fastest|quickest|longest|shortest|worst|best)$/.test(text(tokens, at - 1));
  if (part !== undefined && tail && /^(half|quarter|tenth)$/.test(text(tokens, at)))
    return {
      tag: { kind: 'quantity', value: Math.round(part * 100), unit: 'percent' },
      end: text(tokens, at + 1) === 'of' ? at + 2 : at + 1,
    };
  const named = text(tokens, start) === 'half' || text(tokens, start + 1) === 'of';
  if (part === undefined || (counted === undefined && !named)) return null;
  const end = text(tokens, start + 1) === 'of' ? start + 2 : start + 1;
  if (!/^(the|all|my|our|them|these|those|prompts|responses|answers|replies|requests|calls)$/.test(text(tokens, end)))
    return null;
  const times = { two: 2, three: 3 }[counted ?? ''] ?? 1;
  return { tag: { kind: 'quantity', value: Math.round(part * times * 100), unit: 'percent' }, end };
}

/** "nine out of ten customers", "9 in 10 requests". */
function oneIn(tokens: readonly Token[], at: number): Literal | null {
  const part = readNumber(tokens, at);
  if (!part) return null;
  let end = part.end;
  if (isCounted(text(tokens, end)) || COUNTED.test(text(tokens, end))) end += 1;
  if (text(tokens, end) === 'out' && text(tokens, end + 1) === 'of') end += 2;
  else if (/^(in|of)$/.test(text(tokens, end))) end += 1;
  else return null;
  const whole = readNumber(tokens, end);
  if (whole === null || !ROUND.has(whole.value) || part.value >= whole.value) return null;
  if (UNITS.has(text(tokens, whole.end))) return null;
  const counted = isCounted(text(tokens, whole.end));
  const value = roundOff((part.value / whole.value) * 100);
  return { tag: { kind: 'quantity', value, unit: 'percent' }, end: counted ? whole.end + 1 : whole.end };
}
/** Who or what was served; prompts and responses are left to say what is counted. */
const isCounted = (word: string) => isServed(word) || /^(cases|times|persons)$/.test(word);
const ROUND = new Set([4, 5, 10, 20, 100]);
const COUNTED = /^(prompts|requests|calls|questions|queries|responses|answers|replies)$/;

/** "sub-second": the unit alone. */
function subUnit(tokens: readonly Token[], at: number): { value: number; end: number } | null {
  return text(tokens, at - 1) === 'sub' && /^(second|sec|minute)$/.test(text(tokens, at))
    ? { value: 1, end: at }
    : null;
}

const LIMITING =
  /^(than|then|over|under|below|above|within|exceed|exceeds|exceeding|exceeded|beyond|past|least|most|in|sub|one|a|between|and|or|full|whole|of|takes?|took|taking|needs?|needed|before|after|inside)$/;

function oneUnit(tokens: readonly Token[], at: number): { value: number; end: number } | null {
  const article = /^(a|an|full|whole|1)$/.test(text(tokens, at)) || isTheSecond(tokens, at);
  if (!article || !/^(second|sec|secs|minute|min|millisecond)$/.test(text(tokens, at + 1))) {
    return null;
  }
  return LIMITING.test(text(tokens, at - 1)) ? { value: 1, end: at + 1 } : null;
}

/** "past the second" is a limit; "and the second slowest" counts. */
const isTheSecond = (tokens: readonly Token[], at: number) =>
  text(tokens, at) === 'the' && /^(than|over|under|below|above|within|beyond|past|inside)$/.test(text(tokens, at - 1));

const roundOff = (value: number) => Math.round(value * 1000) / 1000;
