import { CONTROLS } from '../results/unseen.js';
import { createKeySearch, type Span } from './key-search.js';

/** What replaces the visitor's key wherever an endpoint repeats it. */
export const REDACTED = '[key removed]';
/** A shorter key is a placeholder such as "none": no secret, and too common a word to cut out of an answer. */
const SHORTEST_SECRET = 8;
/** Parts of a key count from this length on: endpoints quote keys in part, and shorter parts are words. */
const SHORTEST_PIECE = 8;

const LONE_SURROGATES = /\p{Surrogate}/gu;
/** What would move or hide the words around it in one line of text. */
const FORMATTING = /[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** How much of a text is looked at for each character of a line: white space and what is drawn as nothing go. */
const READ_PER_CHARACTER = 10;

/** Makes text of an endpoint safe to store, show and log. Cleaning comes first: it must not join a key that was taken apart. */
export interface Redactor {
  /** Text of any length. */
  text(text: string): string;
  /** One line of at most so many characters. */
  line(text: string, maxCharacters: number): string;
}

export function createRedactor(apiKey: string): Redactor {
  const pieces = apiKey.length < SHORTEST_SECRET ? () => [] : createKeySearch(apiKey, SHORTEST_PIECE);
  const text = (given: string) => {
    const cleaned = given.replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
    return without(cleaned, pieces(cleaned));
  };
  const line = (given: string, maxCharacters: number) => {
    const read = given.slice(0, maxCharacters * READ_PER_CHARACTER);
    const flat = text(read.replace(FORMATTING, '')).replace(/\s+/g, ' ').trim();
    return flat.length <= maxCharacters ? flat : `${flat.slice(0, maxCharacters - 1).replace(LONE_SURROGATES, '')}…`;
  };
  return { text, line };
}

/** Whether all of the key is in the text in whichever form. */
export function holdsKey(text: string, apiKey: string): boolean {
  return apiKey.length >= SHORTEST_SECRET && createKeySearch(apiKey, Number.POSITIVE_INFINITY)(text).length > 0;
}

function without(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + REDACTED;
    at = end;
  }
  return result + text.slice(at);
}
