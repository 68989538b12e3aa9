import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { METRICS } from '../../contract/limits.js';
import type { Row } from '../../contract/row.js';
import { askWithHelp } from './assist.js';
import type { AssistedCondition } from './plan-schema.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/rows.json', 'utf8'));

async function sourceOf(question: string, ...queries: object[]) {
  const input = { id: 'q', question, rows, run: null, conversation: null };
  return (await askWithHelp(input, async () => JSON.stringify({ queries }))).answer.source;
}
const latency = (aggregate: string, ...where: AssistedCondition[]) => ({
  goal: 'statistic',
  measures: [{ metric: 'latencyMs', aggregate }],
  where,
});
const list = (condition: object) => ({ goal: 'list', where: [condition] });
const slower = (value: number) => list({ field: 'latencyMs', op: '>', value });

it.each<[string, object]>([
  ['zorkle anything above 1.2 s blorf', slower(1200)],
  ['zorkle anything above half a second blorf', slower(500)],
  [
    'zorkle the five laggiest blorf prompts',
    { goal: 'rank', metric: 'latencyMs', direction: 'desc', limit: 5, where: [] },
  ],
  ['zorkle the 90th percentile blorf', latency('p90')],
  ['zorkle prompt 3 blorf', list({ field: 'number', op: 'in', value: [3] })],
  ['zorkle travelly blorf', list({ field: 'category', op: '=', value: 'travel' })],
  ['zorkle failed blorf', list({ field: 'status', op: '=', value: 'error' })],
  ['zorkle which blorf mentions passport', list({ field: 'response', op: 'contains', value: 'passport' })],
])('takes from “%s” what stands there', async (question, query) => {
  expect(await sourceOf(question, query)).toBe('model-assisted');
});

it.each<[string, string, object]>([
  ['a number in other units', 'zorkle anything above 1.2 s blorf', slower(1.2)],
  ['tokens for seconds', 'zorkle 300 ms blorf', list({ field: 'outputTokens', op: '>', value: 300 })],
  ['another number', 'zorkle anything above 1.2 s blorf', slower(1000)],
  [
    'a limit',
    'zorkle the laggiest blorf prompts',
    { goal: 'rank', metric: 'latencyMs', direction: 'desc', limit: 5, where: [] },
  ],
  ['a percentile', 'zorkle the blorf', latency('p90')],
  ['an aggregate', 'zorkle the average latency blorf', latency('max')],
  ['a metric', 'zorkle the average output tokens blorf', latency('mean')],
  ['a prompt', 'zorkle the blorf', list({ field: 'number', op: 'in', value: [3] })],
  ['a prompt beyond the rows', 'zorkle prompt blorf 99', list({ field: 'number', op: 'in', value: [99] })],
  ['a category', 'zorkle the blorf', list({ field: 'category', op: '=', value: 'travel' })],
  ['part of a word', 'zorkle the passportish blorf', list({ field: 'response', op: 'contains', value: 'passport' })],
  ['all rows for some', 'zorkle failed blorf', latency('mean')],
])('refuses %s that is not in the question', async (_, question, query) => {
  expect(await sourceOf(question, query)).toBe('computed');
});

const QUESTIONS = [
  'zorkle the blorf of travel and refund stop',
  'zorkle the blorf',
  'zorkle prompts 3, 7 and 99 over 1.2 s, failed travel blorf',
  'zorkle top 5 of p95 latency by category “refund” blorf 0 -1 1e9',
];
const metric = fc.constantFrom(...METRICS);
const number = fc.oneof(
  fc.constantFrom(0, 1, 3, 5, 7, 99, 1.2, 1200),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const condition = fc.oneof(
  fc.record({ field: fc.constantFrom('failed', 'truncated', 'empty'), op: fc.constant('='), value: fc.boolean() }),
  fc.record({ field: metric, op: fc.constantFrom('<', '<=', '>', '>=', '='), value: number }),
  fc.record({
    field: fc.constant('number'),
    op: fc.constant('in'),
    value: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
  }),
  fc.record({
    field: fc.constantFrom('category', 'finishReason', 'status', 'error.type'),
    op: fc.constantFrom('=', '!='),
    value: fc.constantFrom('travel', 'legal', 'stop', 'ok', 'error', 'timeout'),
  }),
  fc.record({
    field: fc.constantFrom('prompt', 'response'),
    op: fc.constantFrom('contains', 'not contains'),
    value: fc.constantFrom('refund', 'blorf', 'key', ''),
  }),
);
const where = fc.array(condition, { maxLength: 2, size: 'xsmall' });
const by = fc.constantFrom('category', 'status', 'error.type', 'finishReason');
const pick = fc.constantFrom('max', 'min', null);
const aggregate = fc.constantFrom(
  'sum',
  'mean',
  'median',
  'min',
  'max',
  'range',
  'stddev',
  'iqr',
  'p95',
  'p99',
  'p0',
  'p100',
  'mode',
);
const measures = fc.array(fc.record({ metric, aggregate }), { minLength: 1, maxLength: 3 });
const query = fc.oneof(
  fc.record({ goal: fc.constant('statistic'), measures, where }),
  fc.record({ goal: fc.constant('grouped'), by, measures, pick, where }),
  fc.record({ goal: fc.constant('groupedCount'), by, pick, where }),
  fc.record({ goal: fc.constantFrom('count', 'list'), where }),
  fc.record({ goal: fc.constant('share'), of: where, where }),
  fc.record({
    goal: fc.constant('rank'),
    metric,
    direction: fc.constantFrom('asc', 'desc'),
    limit: fc.integer({ min: 0, max: 21 }),
    where,
  }),
  fc.record({ goal: fc.constantFrom('histogram', 'outliers'), metric, where }),
  fc.record({ goal: fc.constant('export'), format: fc.constantFrom('csv', 'pdf', 'exe') }),
  fc.record({ goal: fc.constant('summary') }),
);

it('whatever plan comes, answers with prompts of the rows, or plainly', async () => {
  let assisted = 0;
  const plans = fc.oneof(
    { weight: 9, arbitrary: fc.record({ queries: fc.array(query, { minLength: 1, maxLength: 5, size: 'xsmall' }) }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const someRows = fc.subarray(rows).map((some) => some as readonly Row[]);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...QUESTIONS), plans, someRows, async (question, plan, some) => {
      const input = { id: 'q', question, rows: some, run: null, conversation: null };
      const { answer, conversation } = await askWithHelp(input, async () => JSON.stringify(plan));
      const numbers = new Set(some.map((row) => row.number));
      const named = answer.parts.flatMap((part) => [
        ...part.rows,
        ...(part.chart?.points ?? []).map((point) => point.number ?? null),
      ]);
      expect(named.filter((number) => number !== null && !numbers.has(number))).toEqual([]);
      expect(conversation.rows.filter((number) => !numbers.has(number))).toEqual([]);
      if (answer.source === 'computed') expect(answer.kind).not.toBe('answer');
      else assisted += 1;
    }),
    { numRuns: 500 },
  );
  expect(assisted).toBeGreaterThan(20);
});
