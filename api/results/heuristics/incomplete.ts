import { countWords, splitWords } from '../words.js';
import type { Line, ReadText } from './text.js';

export interface SignsOfCut {
  /** Reasons to take the text for cut off. */
  likely: readonly string[];
  /** Only a remark. */
  possible: string | null;
}

/** Answers up to this many words are often fragments on purpose. */
const SHORT_ANSWER_WORDS = 8;
/** How much of the last line is read; longer would only cost time. */
const ENDING_CHARACTERS = 2_000;

export function findSignsOfCut(text: ReadText): SignsOfCut {
  const structural = [unclosedFence(text), unclosedJson(text)].filter((reason) => reason !== null);
  const last = lastLine(text);
  if (structural.length > 0) return { likely: structural, possible: null };
  if (last === null || last.kind === 'code' || text.wordCount <= SHORT_ANSWER_WORDS) return NONE;

  if (isListMarkerAlone(last, text)) return { likely: ['ends in a list marker without its item'], possible: null };
  if (!isProse(last) || isSignOff(last, text)) return NONE;

  const ending = last.text
    .slice(-ENDING_CHARACTERS)
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, '')
    .trimEnd()
    .replace(/[*_\s]+$/, '');
  const reason = unfinishedEnding(ending) ?? danglingWord(ending, text) ?? unclosedBracket(ending);
  if (reason !== null) return { likely: [reason], possible: null };
  return { likely: [], possible: looksFinished(ending, last) ? null : 'no closing punctuation' };
}

const NONE: SignsOfCut = { likely: [], possible: null };

function lastLine(text: ReadText): Line | null {
  return text.lines.findLast((line) => line.kind !== 'blank') ?? null;
}

function unclosedFence(text: ReadText): string | null {
  return text.openFence ? 'a code block is not closed' : null;
}

/** From the first line that opens JSON: read on until its outermost bracket closes. */
function unclosedJson(text: ReadText): string | null {
  if (text.lines.some((line) => line.kind === 'code')) return null;
  const start = text.lines.findIndex(({ text: line }, index) => opensJson(line, text.lines[index + 1]?.text ?? ''));
  if (start < 0) return null;
  const json = text.lines.slice(start).map((line) => line.text);
  return closesItself(json.join('\n')) ? null : 'the JSON is not closed';
}

/** A brace alone may open a block of code: the next line tells. */
function opensJson(line: string, next: string): boolean {
  return /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:["{[\d-]|$))/.test(`${line}\n${next}`);
}

function closesItself(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return true;
    }
  }
  return false;
}

function isListMarkerAlone(last: Line, text: ReadText): boolean {
  const hasMore = text.lines.filter((line) => line.kind !== 'blank').length > 1;
  return hasMore && /^\s*(?:[-*+•]|\d{1,3}[.)])\s*$/.test(last.text);
}

function isProse(last: Line): boolean {
  if (last.kind === 'table' || last.kind === 'rule' || last.kind === 'heading') return false;
  return !isCode(last.text) && !/(?:https?:\/\/|www\.)\S*$/.test(last.text.slice(-ENDING_CHARACTERS));
}

/** Code without a fence around it, by what only code ends in or is made of. */
function isCode(line: string): boolean {
  return /[;{}]\s*$|^\s*(?:def|class|function|const|let|var|import|for|while|if|elif|else|try|return|SELECT|INSERT|UPDATE)\b.*[:({,]$|=>|\/\/|^\s{4,}\S/.test(
    line,
  );
}

/** "Best regards," closes a letter, whatever its last character. */
function isSignOff(last: Line, text: ReadText): boolean {
  return text.language.signOff.test(last.text) && countWords(last.text) <= 4;
}

function unfinishedEnding(ending: string): string | null {
  if (/[,，、،]$/u.test(ending)) return 'ends in a comma';
  // ":smile:" is an emoji by name.
  if (/[:：]$/u.test(ending) && !/:[a-z0-9_+-]{2,30}:$/i.test(ending)) return 'ends in a colon';
  // "a grade of B-" is whole.
  if (/[-‐–—]$/u.test(ending) && !/(?:^|\s)[A-Z]-$/.test(ending)) return 'ends in a hyphen';
  return null;
}

function danglingWord(ending: string, text: ReadText): string | null {
  if (!/[\p{L}\p{M}]$/u.test(ending)) return null;
  // "x + y" ends in a name, not in a conjunction; so does "vitamin A", by its case.
  const words = splitWords(ending.slice(-200));
  const last = words.at(-1)!;
  if (/[=+*/^<>-]$/.test(words.at(-2) ?? '')) return null;
  return text.language.dangling.has(last) ? `ends in the word “${last}”` : null;
}

/** Any closing bracket answers any opening one: intervals like [0, 1) are whole. */
function unclosedBracket(ending: string): string | null {
  if (/[.!?…。！？]$/u.test(ending)) return null;
  const sentence = ending.replace(/[:;=]'?-?[([]/g, '');
  let open = 0;
  for (const character of sentence) {
    if ('([（［'.includes(character)) open += 1;
    else if (')]）］'.includes(character)) open = Math.max(0, open - 1);
  }
  return open > 0 ? 'a bracket is not closed' : null;
}

function looksFinished(ending: string, last: Line): boolean {
  if (last.kind === 'list') return true;
  return /[.!?…:;。！？؟।॥~)\]}）］】」』"'”’»›`]$|\p{Extended_Pictographic}\p{M}*$/u.test(ending);
}
