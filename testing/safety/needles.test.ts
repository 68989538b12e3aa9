import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISGUISES } from './disguises.js';
import { createNeedles } from './needles.js';

const KEY = 'Zq7+/"v=Kx93hTn_b0-RmeY5Wd2L+/%~';

describe('the search for a planted key', () => {
  it.each(Object.entries(DISGUISES))('finds it %s, and any 12 characters of that', (_, write) => {
    const find = createNeedles(KEY);
    const form = write(KEY);
    fc.assert(
      fc.property(fc.nat({ max: form.length - 12 }), fc.string(), fc.string(), (from, before, after) => {
        expect(find(before + form.slice(from, from + 12) + after)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('finds nothing where it is not', () => {
    const find = createNeedles(KEY);
    expect(find('')).toBe(-1);
    fc.assert(fc.property(fc.string({ maxLength: 1_000 }), (text) => find(text) === -1));
    for (const write of Object.values(DISGUISES)) expect(find(write(KEY).slice(0, 11))).toBe(-1);
  });
});
