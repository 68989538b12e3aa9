import { expect, test } from 'vitest';
import { readRetryAfter } from './retry-after.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const read = (headers: Record<string, string>) => readRetryAfter((name) => headers[name] ?? null, NOW);

test.each([
  ['nothing', {}, { afterMs: null }],
  ['seconds', { 'retry-after': '2' }, { afterMs: 2_000 }],
  ['half a second', { 'retry-after': '0.5' }, { afterMs: 500 }],
  ['no time at all', { 'retry-after': '0' }, { afterMs: 0 }],
  ['milliseconds, which are finer', { 'retry-after-ms': '50', 'retry-after': '1' }, { afterMs: 50 }],
  ['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:03 GMT' }, { afterMs: 3_000 }],
  ['a date that is past', { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, { afterMs: null }],
  ['less than nothing', { 'retry-after': '-5' }, { afterMs: null }],
  ['a word', { 'retry-after': 'soon' }, { afterMs: null }],
  ['all our patience', { 'retry-after': '30' }, { afterMs: 30_000 }],
  ['more than our patience', { 'retry-after': '31' }, null],
  ['ten years', { 'retry-after': '315360000' }, null],
  ['a number beyond numbers', { 'retry-after': '9'.repeat(400) }, null],
])('%s', (_, headers, expected) => {
  expect(read(headers)).toEqual(expected);
});
