import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../contract/row.js';
import { askWithHelp, type Message, type Translate } from './assist.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/rows.json', 'utf8'));
const UNREADABLE = 'blorft the glimmering p95 zizzle';
const asked = (question: string, translate: Translate, timeoutMs?: number) =>
  askWithHelp({ id: 'q', question, rows, run: null, conversation: null }, translate, timeoutMs);
const says =
  (plan: unknown): Translate =>
  async () =>
    JSON.stringify(plan);

describe('the helping model', () => {
  it('turns an unreadable question into a plan, which Atlas computes and marks', async () => {
    const { answer } = await asked(
      UNREADABLE,
      says({ queries: [{ goal: 'statistic', measures: [{ metric: 'latencyMs', aggregate: 'p95' }], where: [] }] }),
    );
    expect(answer.kind).toBe('answer');
    expect(answer.source).toBe('model-assisted');
    expect(answer.parts[0]?.values[0]?.value).toBeCloseTo(2113);
  });

  it('is not asked where the language understands, nor about what the data cannot answer', async () => {
    const translate: Translate = async () => {
      throw new Error('asked');
    };
    expect((await asked('p95 latency', translate)).answer.source).toBe('computed');
    let calls = 0;
    const counting: Translate = async () => {
      calls += 1;
      return '{"queries":[{"goal":"summary"}]}';
    };
    expect((await asked('How much did it cost?', counting)).answer.kind).toBe('unsupported');
    expect(calls).toBe(0);
  });

  it('sees the question and the schema, and nothing of the rows', async () => {
    let seen: readonly Message[] = [];
    await asked(UNREADABLE, async (messages) => {
      seen = messages;
      return '{"queries":[]}';
    });
    const text = JSON.stringify(seen);
    expect(text).toContain(UNREADABLE);
    for (const row of rows) {
      expect(text).not.toContain(row.prompt);
      if (row.response) expect(text).not.toContain(row.response);
    }
  });

  it.each<[string, Translate]>([
    ['broken JSON', async () => '{"queries": ['],
    ['text around the JSON', async () => 'Sure! {"queries":[]}'],
    [
      'an invented column',
      says({ queries: [{ goal: 'statistic', measures: [{ metric: 'costUsd', aggregate: 'sum' }], where: [] }] }),
    ],
    ['an invented field beside the plan', says({ queries: [{ goal: 'count', where: [], answer: 42 }] })],
    [
      'an invented category',
      says({ queries: [{ goal: 'list', where: [{ field: 'category', op: '=', value: 'legal' }] }] }),
    ],
    [
      'a prompt that does not exist',
      says({ queries: [{ goal: 'list', where: [{ field: 'number', op: 'in', value: [99] }] }] }),
    ],
    [
      'a search the visitor did not ask for',
      says({ queries: [{ goal: 'list', where: [{ field: 'response', op: 'contains', value: 'password' }] }] }),
    ],
    ['a refusal', says({ queries: [] })],
    ['a failure', async () => Promise.reject(new Error('503'))],
    ['silence', () => new Promise<string>(() => {})],
  ])('falls back to the plain answer on %s', async (_, translate) => {
    const { answer } = await asked(UNREADABLE, translate, 30);
    expect(answer.kind).toBe('unsupported');
    expect(answer.source).toBe('computed');
    expect(answer.text).toContain('blorft');
  });
});
