import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeLine } from './judge-line.js';

const lines = readFileSync(new URL('../../testing/corpora/addresses.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

describe('the corpus of addresses', () => {
  test('has lines to judge', () => expect(lines.length).toBeGreaterThan(300));

  test.each(lines.map((line) => [JSON.parse(line).id, line]))('%s is judged right', (_, line) => {
    const { expect: verdict, why, url } = JSON.parse(line);
    expect(judgeLine(line).verdict, `${url}: ${why}`).toBe(verdict);
  });

  test.each(['', '{', 'null', '{"url": 5}', '{"url": "https://a.b", "dns": "x"}'])('%j is no address', (line) => {
    expect(judgeLine(line)).toEqual({ url: null, verdict: 'block', reason: 'not-a-question' });
  });
});
