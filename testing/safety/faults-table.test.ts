import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pathFromRoot } from '../../api/root.js';

const page = readFileSync(pathFromRoot('docs/faults.md'), 'utf8');

describe('the table of faults', () => {
  it('has every number once', () => {
    const numbers = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 244 - 185 }, (_, index) => 186 + index));
  });

  it('names tests that exist', () => {
    const files = [...page.matchAll(/`((?:api|testing|widget)\/[^`]+)`/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(pathFromRoot(file)))).toEqual([]);
  });
});
