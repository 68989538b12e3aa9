import { readNumber, readOrdinal, UNITS } from '../numbers.js';
import { type Token, text } from '../tokens.js';
import { type Literal, NOT_A_PROMPT } from './literal.js';

const PROMPT_WORD =
  /^(prompts?|questions?|requests?|responses?|repl(y|ies)|answers?|rows?|cases?|items?|calls?|tests?|entr(y|ies)|samples?|tasks?|quer(y|ies)|examples?|records?|outputs?|#|number|numbers|nr|num|id|index|no)$/;
const NUMBER_WORD = /^(#|number|numbers|nr|num|no|id|index|to)$/;
const LIST_SEPARATOR = /^(,|and|&|\/|or|vs|versus|against|\+)$/;

/** "prompt 7", "#7", "number seven", "prompts 3, 5 and 8", "rows 2 to 6", "the seventh prompt". */
export function promptNumbers(tokens: readonly Token[], at: number): Literal | null {
  const nth = nthPrompt(tokens, at);
  if (nth) return nth;
  if (!PROMPT_WORD.test(text(tokens, at))) return null;
  let start = at + 1;
  while (NUMBER_WORD.test(text(tokens, start)) || text(tokens, start) === '.') start += 1;
  const numbers: number[] = [];
  let end = start;
  for (let read = promptNumber(tokens, start); read; read = promptNumber(tokens, start)) {
    numbers.push(...read.numbers);
    end = read.end;
    start = afterSeparator(tokens, end);
    if (start === end) break;
  }
  return numbers.length > 0 ? { tag: { kind: 'prompts', numbers }, end } : null;
}

function afterSeparator(tokens: readonly Token[], at: number): number {
  let end = at;
  while (LIST_SEPARATOR.test(text(tokens, end)) || (end > at && NUMBER_WORD.test(text(tokens, end)))) end += 1;
  return end;
}

function nthPrompt(tokens: readonly Token[], at: number): Literal | null {
  const nth = readOrdinal(tokens, at);
  const named = /^(prompt|question|request|row|case|item|query|response|reply|answer|test|entry)$/;
  if (!nth || !named.test(text(tokens, nth.end))) return null;
  return { tag: { kind: 'prompts', numbers: [nth.value] }, end: nth.end + 1 };
}

interface PromptsRead {
  numbers: number[];
  end: number;
}

function promptNumber(tokens: readonly Token[], at: number): PromptsRead | null {
  if (/^\d+,\d{1,2}$/.test(text(tokens, at))) return { numbers: text(tokens, at).split(',').map(Number), end: at + 1 };
  const read = readNumber(tokens, at);
  if (!read || !Number.isInteger(read.value)) return null;
  const after = text(tokens, read.end);
  if (UNITS.has(after) || (NOT_A_PROMPT.test(after) && after !== 'or' && !isItsAnswer(tokens, at, after))) return null;
  return promptRange(tokens, read) ?? { numbers: [read.value], end: read.end };
}

/** "number 7 answer" */
const isItsAnswer = (tokens: readonly Token[], at: number, after: string) =>
  /^(number|#|prompt|question)$/.test(text(tokens, at - 1)) && /^(answer|response|reply)$/.test(after);

const MOST_IN_RANGE = 20;

/** "2 to 6", "2 through prompt 6". */
function promptRange(tokens: readonly Token[], first: { value: number; end: number }): PromptsRead | null {
  if (!/^(-|to|through|till|until|thru)$/.test(text(tokens, first.end))) return null;
  const named = /^(prompts?|rows?|numbers?|#|questions?|requests?)$/.test(text(tokens, first.end + 1));
  const last = readNumber(tokens, first.end + (named ? 2 : 1));
  if (!last || !Number.isInteger(last.value) || UNITS.has(text(tokens, last.end))) return null;
  const count = last.value - first.value + 1;
  if (count < 2 || count > MOST_IN_RANGE) return null;
  return { numbers: Array.from({ length: count }, (_, step) => first.value + step), end: last.end };
}

const BEYOND: Record<string, '<' | '>'> = { after: '>', above: '>', beyond: '>', before: '<', below: '<' };

/** "prompts after number 10", "prompts before 5". */
export function promptsBeyond(tokens: readonly Token[], at: number): Literal | null {
  if (!/^(prompts|rows|questions|requests)$/.test(text(tokens, at))) return null;
  const numbered = /^(numbers?|numbered)$/.test(text(tokens, at + 1));
  const side = numbered ? at + 2 : at + 1;
  const op = BEYOND[text(tokens, side)];
  const named = /^(number|prompt|#|no|nr)$/.test(text(tokens, side + 1));
  if (op === undefined || !(named || numbered || /^(after|before)$/.test(text(tokens, side)))) return null;
  const read = promptNumber(tokens, named ? side + 2 : side + 1);
  const [value, ...more] = read?.numbers ?? [];
  if (!read || value === undefined || more.length > 0) return null;
  return { tag: { kind: 'filter', where: { field: 'number', op, value } }, end: read.end };
}
