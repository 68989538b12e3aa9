import { detectLanguage } from '../languages/detect.js';
import type { Language } from '../languages/language.js';
import { countWords } from '../words.js';

type LineKind = 'blank' | 'code' | 'heading' | 'list' | 'quote' | 'rule' | 'table' | 'prose';

export interface Line {
  kind: LineKind;
  text: string;
}

/** An answer as the heuristics read it: line by line, with its code, tables and headings told from its prose. */
export interface ReadText {
  lines: readonly Line[];
  /** A code fence is open at the end. */
  openFence: boolean;
  /** Words outside code, in its first characters: enough to know a short text. */
  wordCount: number;
  language: Language;
}

/** Counting words takes time where scripts have no spaces, and no heuristic asks for more than 40. */
const COUNTED_CHARACTERS = 2_000;

const MAY_BE_FENCE = /`{3}|~{3}/;
const FENCE = /^\s{0,12}(?:(?:[-*+>]|\d{1,3}[.)])\s{1,4})?(`{3,}|~{3,})([^`]*)$/;

export function readText(raw: string): ReadText {
  const { lines, openFence } = readLines(plainPunctuation(raw));
  const prose = lines
    .filter((line) => line.kind !== 'code')
    .map((line) => line.text)
    .join('\n');
  return {
    lines,
    openFence,
    wordCount: countWords(prose.slice(0, COUNTED_CHARACTERS)),
    language: detectLanguage(prose),
  };
}

/** Straight apostrophes, and no characters that are drawn as nothing: what patterns can count on. */
function plainPunctuation(raw: string): string {
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(/[’ʼ]/g, "'")
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0\u202f\u3000]/g, ' ');
}

function readLines(text: string): { lines: Line[]; openFence: boolean } {
  const lines: Line[] = [];
  let open: string | null = null;
  let fences = 0;
  for (const line of text.split('\n')) {
    const fence = MAY_BE_FENCE.test(line) ? FENCE.exec(line) : null;
    if (fence) fences += 1;
    lines.push({ kind: fence || open ? 'code' : kindOf(line), text: line });
    if (fence) open = fenceAfter(open, fence[1]!, fence[2]!);
  }
  // Fences inside fences confuse the pairing: an even number of them is taken as closed.
  return { lines, openFence: open !== null && fences % 2 === 1 };
}

function fenceAfter(open: string | null, fence: string, info: string): string | null {
  if (open === null) return fence;
  const closes = fence.startsWith(open) && info.trim() === '';
  return closes ? null : open;
}

function kindOf(line: string): LineKind {
  const trimmed = line.trim();
  if (trimmed === '') return 'blank';
  if (/^(?:-{3,}|\*{3,}|_{3,})$/.test(trimmed)) return 'rule';
  if (/^#{1,6}\s/.test(trimmed)) return 'heading';
  if (trimmed.startsWith('>')) return 'quote';
  if (trimmed.startsWith('|')) return 'table';
  if (/^(?:[-*+•–]|\d{1,3}[.)]|[a-z][.)])(?:\s|$)/i.test(trimmed)) return 'list';
  return 'prose';
}

/** Without quotations, code and addresses: there somebody else speaks, or nobody. */
export function withoutQuotations(text: string): string {
  return text
    .replace(/https?:\/\/\S{1,2000}/g, ' ')
    .replace(/`[^`\n]{0,2000}`/g, ' ')
    .replace(/"[^"\n]{0,2000}"/g, ' ')
    .replace(/[“„][^”“\n]{0,2000}[”“]/g, ' ')
    .replace(/«[^«»\n]{0,2000}»/g, ' ')
    .replace(/「[^「」\n]{0,2000}」/g, ' ');
}

/** Up to `length` characters of a text, for a reason that quotes what triggered it. */
export function excerpt(text: string, length = 80): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= length ? line : `${[...line].slice(0, length).join('').trimEnd()}…`;
}
