import { FORBIDDEN, STEERING } from '../../results/unseen.js';

/** More marks than this on one character are no writing but a way to draw over the lines around. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** A text as it can be printed: well-formed, without controls, cut to at most `length` characters, which is said. */
export function printable(text: string, length: number): string {
  const cut = text.length > length;
  const clean = (cut ? text.slice(0, length) : text)
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, cut ? '' : '\ufffd')
    .replace(/\t/g, '    ')
    .replace(FORBIDDEN, '')
    .replace(STEERING, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cut ? `${clean} … [cut: ${text.length.toLocaleString('en-US')} characters in all]` : clean;
}

/** The same on one line. */
export function printableLine(text: string, length: number): string {
  return printable(text.replace(/\s+/gu, ' '), length);
}
