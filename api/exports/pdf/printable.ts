/** What is drawn as nothing or steers the direction of others: a page has neither use for it nor defence against it. */
const STEERING = /[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;
/** More marks than this on one character are no writing but a way to draw over the lines around. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** A text as it can be printed: well-formed, without controls, cut to at most `length` characters, which is said. */
export function printable(text: string, length: number): string {
  const cut = text.length > length;
  const clean = (cut ? text.slice(0, length) : text)
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, cut ? '' : '\ufffd')
    .replace(/\t/g, '    ')
    .replace(CONTROLS, '')
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
