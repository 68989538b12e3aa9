import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTargetLimit } from './target-limit.js';

test('a host has its calls in any minute, whatever others have', () => {
  let now = 0;
  const limit = createTargetLimit({ callsPerMinute: 2, now: () => now });
  const takes = (host: string) => () => limit.takeHost(host);

  takes('a.example.org')();
  takes('a.example.org')();
  expect(takes('a.example.org')).toThrow('target_limit');
  expect(takes('b.example.org')).not.toThrow();

  for (now of [59_999, 60_000, 89_999]) expect(takes('a.example.org'), `${now}`).toThrow('target_limit');
  now = 90_000;
  expect(takes('a.example.org')).not.toThrow();
  expect(takes('a.example.org')).toThrow('target_limit');
  now = 240_000;
  takes('a.example.org')();
  expect(takes('a.example.org')).not.toThrow();
});

test.each([
  ['93.184.216.34', '93.184.216.34', true],
  ['93.184.216.34', '93.184.216.35', false],
  ['2606:4700:0:1::1', '2606:4700::1:ffff:0:0:2', true],
  ['2606:4700::1', '2606:4700:0:0:8::', true],
  ['2606:4700:0:1::1', '2606:4700:0:2::1', false],
])('%s and %s have the same calls: %s', (one, other, same) => {
  const limit = createTargetLimit({ callsPerMinute: 1 });
  limit.takeAddress(one);
  if (same) expect(() => limit.takeAddress(other)).toThrow('target_limit');
  else limit.takeAddress(other);
});

test('processes that count together have the calls of a target between them, and each its own while they cannot', async () => {
  const shared = new Map<string, number>();
  let isAway = false;
  const countTogether = async (target: string, minute: number) => {
    if (isAway) throw new Error('away');
    const key = `${minute} ${target}`;
    shared.set(key, (shared.get(key) ?? 0) + 1);
    return shared.get(key)!;
  };
  const now = () => 90_000;
  const [a, b] = [1, 2].map(() => createTargetLimit({ callsPerMinute: 3, countTogether, now }));
  for (const limit of [a!, a!, b!]) {
    limit.takeHost('a.example.org');
    await nextTurn();
  }
  expect(() => b!.takeHost('a.example.org')).toThrow('target_limit');
  isAway = true;
  for (let call = 0; call < 3; call += 1) b!.takeHost('b.example.org');
  expect(() => b!.takeHost('b.example.org')).toThrow('target_limit');
});
