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
    const places = page.split(/(?=`(?:api|testing|widget)\/[^`]+`)/).slice(1);
    const missing = places.flatMap((place) => {
      const file = /^`([^`]+)`/.exec(place)![1]!;
      if (!existsSync(pathFromRoot(file))) return [file];
      const source = readFileSync(pathFromRoot(file), 'utf8');
      const titles = [...place.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
      return titles.filter((title) => !source.includes(title)).map((title) => `${file}: ${title}`);
    });
    expect(missing).toEqual([]);
  });

  it('says of each fault by which test or why by none, and quotes the titles', () => {
    const rows = [...page.matchAll(/^\| (\d+) \|.*\| (.+) \|$/gm)].map(([, number, cover = '']) => ({ number, cover }));
    expect(rows).toHaveLength(244 - 185);
    expect(rows.filter(({ cover }) => /\.test\.ts`: (?!“)/.test(cover))).toEqual([]);
  });
});
