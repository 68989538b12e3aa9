import { describe, expect, test } from 'vitest';
import { createRedactor } from '../model/redact.js';
import { cellText, csvText } from './cell-text.js';
import { printable, printableLine } from './pdf/printable.js';

const KEY = 'sk-Abc123Xyz789';
const redactor = createRedactor(KEY);
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As a PDF shows it where no font has the marks of its characters. */
const withoutMarks = (text: string) =>
  Array.from(segmenter.segment(text), ({ segment }) => String.fromCodePoint(segment.codePointAt(0)!)).join('');

const FILES: Record<string, (text: string) => string> = {
  JSON: (text) => text,
  Excel: cellText,
  CSV: csvText,
  'a PDF': (text) => printable(text, 10_000),
  'a line of a PDF': (text) => printableLine(text, 10_000),
};

const PLANE = 0x10000;
/** All of the first plane and of the tags, what ends each plane, and one in a hundred of the rest. */
const codePoints = Array.from({ length: 17 * PLANE }, (_, codePoint) => codePoint).filter((codePoint) => {
  const isTag = codePoint >= 0xe0000 && codePoint < 0xe1000;
  return codePoint < PLANE || isTag || codePoint % PLANE >= 0xfff0 || codePoint % 101 === 0;
});
const texts = new Map(
  codePoints.map((codePoint) => [codePoint, redactor.text([...KEY].join(String.fromCodePoint(codePoint)))]),
);

/** Most characters, which each stand for themselves. */
const ON_ITS_OWN = /[\p{Script=Han}\p{Script=Hangul}\p{Co}]/u;
function goesWithTheOneBefore(codePoint: number): boolean {
  const character = String.fromCodePoint(codePoint);
  return !ON_ITS_OWN.test(character) && [...segmenter.segment(`k${character}`)].length === 1;
}

describe('a key that any one character takes apart', () => {
  test.each(Object.entries(FILES))('is not whole again in %s', (_, write) => {
    for (const [codePoint, text] of texts) {
      if (write(text).normalize('NFKC').includes(KEY)) expect.fail(`U+${codePoint.toString(16)}`);
    }
  });

  test('is not whole again in a PDF where no font has the marks', () => {
    const left = codePoints.filter(goesWithTheOneBefore);
    expect(left.length).toBeGreaterThan(1_000);
    for (const codePoint of left)
      expect(withoutMarks(texts.get(codePoint)!), codePoint.toString(16)).not.toContain(KEY);
  });
});
