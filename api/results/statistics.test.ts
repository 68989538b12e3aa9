import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ascending, iqr, mean, median, outlierFences, quantile, range, stddev, sum } from './statistics.js';

describe('statistics', () => {
  test('interpolates percentiles between ranks as numpy does', () => {
    // numpy.percentile([15, 20, 35, 40, 50], [5, 40, 90, 95, 99])
    const sorted = [15, 20, 35, 40, 50];
    expect(quantile(sorted, 0.05)).toBeCloseTo(16, 10);
    expect(quantile(sorted, 0.4)).toBeCloseTo(29, 10);
    expect(quantile(sorted, 0.9)).toBeCloseTo(46, 10);
    expect(quantile(sorted, 0.95)).toBeCloseTo(48, 10);
    expect(quantile(sorted, 0.99)).toBeCloseTo(49.6, 10);
    expect(median(sorted)).toBe(35);
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  test('divides the deviation by n − 1', () => {
    expect(stddev([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5);
    expect(stddev([5])).toBeNull();
  });

  test('puts the fences 1.5 interquartile ranges beyond the quartiles', () => {
    const sorted = [1, 2, 3, 4, 5];
    expect(iqr(sorted)).toBe(2);
    expect(outlierFences(sorted)).toEqual({ lower: -1, upper: 7 });
    expect(range(sorted)).toBe(4);
  });

  test('answers null where there is nothing to compute from', () => {
    expect([mean([]), median([]), stddev([]), range([]), iqr([]), outlierFences([])]).toEqual(Array(6).fill(null));
    expect(sum([])).toBe(0);
  });

  test('never leaves the range of the sample and rises with q', () => {
    const sample = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });
    const q = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, q, q, (values, one, other) => {
        const sorted = ascending(values);
        const low = quantile(sorted, Math.min(one, other))!;
        const high = quantile(sorted, Math.max(one, other))!;
        expect(low).toBeGreaterThanOrEqual(sorted[0]! - 1e-6);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)! + 1e-6);
        expect(high).toBeGreaterThanOrEqual(low - 1e-6);
      }),
    );
  });
});
