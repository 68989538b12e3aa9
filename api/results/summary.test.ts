import { describe, expect, test } from 'vitest';
import { outcome } from '../../testing/outcome.js';
import type { Row } from '../contract/row.js';
import type { CallOutcome } from './call.js';
import { toRow, unsentRow } from './row.js';
import { summarise } from './summary.js';

function row(number: number, category: string | null, ending: CallOutcome): Row {
  const times = { startedAt: '2026-01-15T10:00:00.000Z', finishedAt: '2026-01-15T10:00:01.000Z' };
  return toRow({
    number,
    category,
    prompt: `Prompt ${number}`,
    maxTokens: 512,
    outcome: ending,
    attempts: 1,
    ...times,
  });
}

const ok = (latencyMs: number, text = 'An answer.') => outcome(null, { latencyMs, text });
const rows = [
  row(1, 'billing', ok(100)),
  row(2, 'returns', ok(400, 'Could you share your order number?')),
  row(3, 'billing', outcome('timeout')),
  row(4, 'billing', ok(400)),
  row(5, null, outcome('rate_limited')),
  row(6, 'returns', outcome('timeout')),
  unsentRow({
    number: 7,
    category: 'returns',
    prompt: 'Prompt 7',
    error: { type: 'cancelled', message: 'Cancelled.', httpStatus: null },
    finishedAt: null,
  }),
];

describe('the summary of a run', () => {
  const summary = summarise(rows);

  test('counts how the prompts ended; timeouts are failures', () => {
    expect(summary.counts).toEqual({ ok: 3, error: 1, timeout: 2, cancelled: 1 });
    expect(summary).toMatchObject({ total: 7, failed: 3 });
    expect(summary.okShare).toBeCloseTo(42.857, 3);
  });

  test('takes figures over the rows that have them', () => {
    expect(summary.metrics.latencyMs).toMatchObject({ n: 3, sum: 900, mean: 300, median: 400, min: 100, max: 400 });
    expect(summary.metrics.outputTokens).toMatchObject({ n: 0, sum: null, mean: null, p95: null });
  });

  test('names all of the slowest, the flagged and the failed', () => {
    expect(summary.slowest).toEqual([2, 4]);
    expect(summary.fastest).toEqual([1]);
    expect(summary.flags.asksFollowUp).toEqual([2]);
    expect(summary.errors).toEqual([
      { type: 'timeout', numbers: [3, 6] },
      { type: 'rate_limited', numbers: [5] },
      { type: 'cancelled', numbers: [7] },
    ]);
  });

  test('groups by category, prompts without one included', () => {
    expect(summary.categories.map(({ category, total, ok, failed }) => [category, total, ok, failed])).toEqual([
      ['billing', 3, 2, 1],
      ['returns', 3, 1, 1],
      [null, 1, 0, 1],
    ]);
    expect(summary.categories[0]!.latencyMs.median).toBe(250);
  });

  test('is empty without rows', () => {
    expect(summarise([])).toMatchObject({
      total: 0,
      failed: 0,
      okShare: null,
      slowest: [],
      categories: [],
      errors: [],
    });
  });
});
