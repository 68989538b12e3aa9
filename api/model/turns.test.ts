import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownTurn } from './turns.js';

test('of many who wait at once, each gets a turn of the event loop of its own, in order', async () => {
  let turn = 0;
  const count = () => {
    turn += 1;
    counter = setImmediate(count);
  };
  let counter = setImmediate(count);
  const turns = await Promise.all(
    Array.from({ length: 10 }, async () => {
      await ownTurn();
      return turn;
    }),
  );
  clearImmediate(counter);
  expect(new Set(turns).size).toBe(10);
  expect(turns).toEqual([...turns].sort((a, b) => a - b));
});

test('whoever waits alone does not wait long', async () => {
  await sleep(5);
  const began = performance.now();
  await ownTurn();
  expect(performance.now() - began).toBeLessThan(100);
});
