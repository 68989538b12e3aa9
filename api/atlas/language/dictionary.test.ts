import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDictionary } from './dictionary.js';

const { words } = JSON.parse(readFileSync(new URL('./data/english.json', import.meta.url), 'utf8'));
const list: string[] = words.split(' ');

it('has the words of its list and no others', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 30 }), word, (some, other) => {
      const has = createDictionary(some.sort().join(' '));
      expect(some.filter((one) => !has(one))).toEqual([]);
      expect(has(other)).toBe(some.includes(other));
    }),
  );
});

it('has every English word', () => {
  const has = createDictionary(words);
  expect(list.filter((word) => !has(word))).toEqual([]);
  expect(['', ' ', 'zzzz', 'refundd', 'aardvark aardvarks'].filter(has)).toEqual([]);
});

it('is given English in the order that it searches in', () => {
  expect(list).toEqual([...list].sort());
});
