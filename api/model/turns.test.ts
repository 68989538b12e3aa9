import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownTurn } from './turns.js';

/** Counts the turns of the event loop from now on. */
function countTurns() {
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  return { turn: () => turns, stop: () => clearImmediate(next) };
}

test('of many who wait at once, each gets a turn of the event loop of its own, in order', async () => {
  const counter = countTurns();
  const turns = await Promise.all(
    Array.from({ length: 10 }, async () => {
      await ownTurn();
      return counter.turn();
    }),
  );
  counter.stop();
  expect(new Set(turns).size).toBe(10);
  expect(turns).toEqual([...turns].sort((a, b) => a - b));
});

test('whoever waits alone does not wait long', async () => {
  await sleep(5);
  const counter = countTurns();
  await ownTurn();
  counter.stop();
  expect(counter.turn()).toBeLessThanOrEqual(2);
});
