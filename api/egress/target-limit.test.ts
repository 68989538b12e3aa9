import { expect, test } from 'vitest';
import { createTargetLimit } from './target-limit.js';

test('a host has its calls in each minute, whatever others have', () => {
  let now = 0;
  const limit = createTargetLimit(2, () => now);
  const takes = (host: string) => () => limit.take(host);

  takes('a.example.org')();
  takes('a.example.org')();
  expect(takes('a.example.org')).toThrow('target_limit');
  expect(takes('b.example.org')).not.toThrow();

  now = 59_999;
  expect(takes('a.example.org')).toThrow('target_limit');
  now = 60_000;
  expect(takes('a.example.org')).not.toThrow();
});
