import { describe, expect, test } from 'vitest';
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

  test('is fast on very long texts', () => {
    const started = performance.now();
    countWords('漢'.repeat(200_000));
    countWords('a'.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
