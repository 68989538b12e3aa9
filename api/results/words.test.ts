import { describe, expect, test } from 'vitest';
import { ownTime } from '../../testing/stalls.mjs';
import { countCharacters, countWords } from './words.js';

describe('the length of a text', () => {
  test('counts what stands between white space as words', () => {
    expect(countWords('  One two\nthree — four. ')).toBe(5);
    expect(countWords(' \n')).toBe(0);
  });

  test('counts words in scripts that write without spaces', () => {
    expect(countWords('今天天气很好。')).toBeGreaterThan(2);
    expect(countWords('明日は晴れでしょう。')).toBeGreaterThan(2);
    expect(countWords('สวัสดีครับ')).toBe(2);
  });

  test('counts an emoji of the supplementary planes as one character', () => {
    expect(countCharacters('ok 👍')).toBe(4);
  });

  test('counts words between spaces and words without them in one text', () => {
    expect(countWords('In 東京 we said 今天 twice')).toBe(6);
    expect(countWords('go へ行きました')).toBe(1 + countWords('へ行きました'));
  });

  test('goes on as it began where a text without spaces is very long', () => {
    const text = '私は昨日東京へ行きました。';
    expect(countWords(text.repeat(10_000)) / countWords(text.repeat(1_000))).toBeCloseTo(10, 1);
    expect(countWords(`${'漢字 '.repeat(50_000)}end`)).toBe(50_001);
  });

  test('is fast on very long texts', () => {
    const started = ownTime();
    countWords('漢'.repeat(200_000));
    countWords('a'.repeat(200_000));
    expect(ownTime() - started).toBeLessThan(5_000);
  });
});
