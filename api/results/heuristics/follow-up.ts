import type { Language } from '../languages/language.js';
import { countWords } from '../words.js';
import { excerpt, type Line, type ReadText, withoutQuotations } from './text.js';

/** A reply this short that ends in a question asks for what it misses, even where it addresses nobody. */
const SHORT_REPLY_WORDS = 40;
/** A question that waits for an answer stands near the end. */
const CHARACTERS_READ = 20_000;

/** The question that the answer ends with and that waits for the reader; null where none does. */
export function findFollowUp(text: ReadText): string | null {
  const lines = withoutDraftedMessage(withoutSignature(text), text.language);
  const { intro, items, prose } = lastParagraph(lines);
  const question = items.length > 0 ? askedInList(intro, items, text.language) : askedInProse(prose, text);
  return question === null ? null : `asks “${excerpt(question)}”`;
}

/** The closing of a letter stands below the question that it asks. */
function withoutSignature(text: ReadText): readonly Line[] {
  const lines = text.lines;
  const end = lines.findLastIndex((line) => line.kind !== 'blank');
  for (let index = end; index > 0 && index > end - 6; index -= 1) {
    const line = lines[index]!;
    if (text.language.signOff.test(line.text) && countWords(line.text) <= 6) return lines.slice(0, index);
  }
  return lines;
}

/** A message written for the user to send asks its addressee: from its subject line to its end, a rule, or a sign-off. */
function withoutDraftedMessage(lines: readonly Line[], language: Language): readonly Line[] {
  const start = lines.findIndex((line) => language.subjectLine.test(line.text));
  if (start < 0) return lines;
  const length = lines.slice(start).findIndex((line) => line.kind === 'rule' || language.signOff.test(line.text));
  return length < 0 ? lines.slice(0, start) : [...lines.slice(0, start), ...lines.slice(start + length + 1)];
}

interface Paragraph {
  /** The sentence that leads to a list, where the paragraph is one. */
  intro: string;
  items: string[];
  prose: string;
}

/** The last lines up to a blank one; a list brings the line that introduces it, over a blank line too. */
function lastParagraph(lines: readonly Line[]): Paragraph {
  const end = lines.findLastIndex((line) => line.kind !== 'blank') + 1;
  let start = end;
  while (start > 0 && lines[start - 1]!.kind !== 'blank') start -= 1;
  const paragraph = lines.slice(start, end);
  const items = paragraph.filter((line) => line.kind === 'list').map((line) => line.text);
  const prose = paragraph
    .filter((line, index) => speaks(line, index === paragraph.length - 1))
    .map((line) => line.text);
  if (items.length === 0) return { intro: '', items, prose: prose.join('\n') };
  const afterList = paragraph.at(-1)!.kind === 'prose' && !/^\s/.test(paragraph.at(-1)!.text);
  if (afterList) return { intro: '', items: [], prose: paragraph.at(-1)!.text };
  const above = lines.slice(0, start).findLast((line) => line.kind !== 'blank');
  return { intro: prose.join(' ') || (above?.text ?? ''), items, prose: '' };
}

/** Headings and "Q:" lines of an FAQ, the lines of a dialogue, tables, quotations and code ask the reader nothing. */
function speaks(line: Line, isLast: boolean): boolean {
  if (line.kind !== 'prose') return false;
  if (/^\s*\*{0,2}Q\d{0,3}\s*[:.]/i.test(line.text)) return false;
  if (!isLast && /^\s*\*{0,2}\p{L}{1,20}\*{0,2}:/u.test(line.text)) return false;
  const isBold = /^\s*(\*\*|__).{1,300}\1\s*$/.test(line.text);
  return isLast || !isBold;
}

/** "Could you tell me: - your city? - your budget?" asks; a list of interview questions doesn't. */
function askedInList(intro: string, items: readonly string[], language: Language): string | null {
  if (!items.some((item) => isQuestion(item))) return null;
  return language.request.test(intro) ? items.find((item) => isQuestion(item))! : null;
}

function askedInProse(prose: string, text: ReadText): string | null {
  const sentences = splitSentences(withoutQuotations(prose.slice(-CHARACTERS_READ)));
  const last = sentences.at(-1) ?? '';
  return sentences.find((sentence) => isAsked(sentence, sentence === last, text)) ?? null;
}

function isAsked(sentence: string, isLast: boolean, { language, wordCount }: ReadText): boolean {
  if (!isQuestion(sentence) || language.rhetorical.test(sentence) || language.courtesy.test(sentence)) return false;
  if (language.request.test(sentence)) return true;
  if (!isLast) return false;
  return language.you.test(sentence) || (wordCount <= SHORT_REPLY_WORDS && language.interrogative.test(sentence));
}

/** Japanese asks with か and a full stop as well. */
function isQuestion(sentence: string): boolean {
  return /(?:[?？؟]|か。)[*_)\]）\s\p{Extended_Pictographic}]*$/u.test(sentence);
}

function splitSentences(text: string): string[] {
  const sentences = text.match(/[^.!?。！？؟।\n]{1,2000}[.!?。！？؟।]{0,10}/gu) ?? [];
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
