import { beforeAll, describe, expect, test } from 'vitest';
import { ownTime } from '../../../testing/stalls.mjs';
import { FontBook } from './font-book.js';
import { breakLines } from './line-breaker.js';
import { printable } from './printable.js';

/** Every character is one unit wide, and of one font. */
const setting = (width: number) => ({
  width,
  clusters: (text: string) => [...text].map((character) => ({ text: character, font: 'f', length: character.length })),
  measure: (text: string) => [...text].length,
});
const lines = (text: string, width: number) =>
  breakLines(text, setting(width)).map(({ pieces }) => pieces.map((piece) => piece.text).join(''));

describe('lines', () => {
  test('break between words and drop the space there', () => {
    expect(lines('one two three', 7)).toEqual(['one two', 'three']);
  });

  test('keep line breaks, empty lines and indents', () => {
    expect(lines('a\n\n  b', 9)).toEqual(['a', '', '  b']);
  });

  test('break a word that is wider than the line', () => {
    expect(lines('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  test('break between ideographs, but not before their full stop', () => {
    expect(lines('您可以退货。谢谢', 5)).toEqual(['您可以退', '货。谢谢']);
  });

  test('run from right to left for Hebrew, with Latin and its numbers from left to right', () => {
    const [line] = breakLines('שלום ABC 12', setting(40));
    expect(line!.rightToLeft).toBe(true);
    expect(line!.pieces.map(({ text }) => text)).toEqual(['ABC', ' ', '12', ' ', 'שלום']);
  });

  test('mirror brackets that run from right to left', () => {
    const [line] = breakLines('שלום (עולם)', setting(40));
    expect(line!.pieces[0]!.text).toBe('(עולם)');
  });

  test('break 200,000 characters without a space in little time', () => {
    const started = ownTime();
    breakLines('x'.repeat(200_000), setting(90));
    expect(ownTime() - started).toBeLessThan(10_000);
  });
});

describe('the fonts', () => {
  const texts = [
    'Grüße, Ελλάδα, Привет',
    'مرحبا بالعالم',
    'שלום',
    '您好，世界。',
    'こんにちは',
    '안녕하세요',
    'नमस्ते',
    '👍🏽 🇩🇪 👨‍👩‍👧',
    'Đặt hàng',
    '→ ∑ ½',
  ];
  let book: FontBook;
  beforeAll(async () => {
    book = await FontBook.load({ 400: [...texts, 'z\u0301\u0302\u0303', '\u{10ffff}'], 700: texts });
  });

  test.each(texts)('draw %s', (text) => {
    for (const weight of [400, 700] as const) {
      expect(
        book
          .clusters(text, weight)
          .map((cluster) => cluster.text)
          .join(''),
      ).toBe(text);
    }
  });

  test('show what none of them has as a replacement character', () => {
    expect(book.clusters('\u{10ffff}', 400)[0]).toMatchObject({ text: '\ufffd', length: 2 });
  });

  test('draw a character without marks that they do not have', () => {
    expect(book.clusters('z\u0301\u0302\u0303', 400)[0]).toMatchObject({ text: 'z', length: 4 });
  });
});

describe('printable text', () => {
  test('has neither controls nor characters that steer its direction', () => {
    expect(printable('\u001b[31ma\u0000\u202Eb\u200bc\ud800', 100)).toBe('[31mabc\ufffd');
  });

  test('is cut, which is said', () => {
    expect(printable('a'.repeat(2_000), 10)).toBe('aaaaaaaaaa … [cut: 2,000 characters in all]');
  });

  test('has few marks on a character', () => {
    expect([...printable(`z${'\u0316'.repeat(1_000)}`, 2_000)].length).toBeLessThan(10);
  });
});
