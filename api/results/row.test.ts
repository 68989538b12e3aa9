import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { Row } from '../contract/row.js';
import type { CallOutcome } from './call.js';
import { type FinishedPrompt, tokensPerSecond, toRow, unsentRow } from './row.js';

const answered: CallOutcome = {
  status: 'ok',
  text: 'Refunds take five working days.',
  finishReason: 'stop',
  usage: { inputTokens: 12, outputTokens: 60, totalTokens: 72 },
  latencyMs: 800,
  firstTokenMs: 200,
  error: null,
  calls: 1,
  retry: null,
};

function finished(outcome: Partial<CallOutcome>): FinishedPrompt {
  return {
    number: 3,
    category: 'billing',
    prompt: 'When do I get my refund?',
    maxTokens: 512,
    outcome: { ...answered, ...outcome },
    attempts: 1,
    startedAt: '2026-01-15T10:00:00.000Z',
    finishedAt: '2026-01-15T10:00:00.800Z',
  };
}

describe('a finished call as a row', () => {
  test('carries what was measured and is a row of the contract', () => {
    const row = toRow(finished({}));
    expect(row).toMatchObject({ latencyMs: 800, firstTokenMs: 200, tokensPerSecond: 100, characters: 31, words: 5 });
    expect(Value.Check(Row, row)).toBe(true);
  });

  test('has neither metrics nor flags unless it is ok, but keeps the partial text', () => {
    const error = { type: 'interrupted' as const, message: 'The stream broke off.', httpStatus: 200 };
    const row = toRow(
      finished({ status: 'error', error, text: 'Here is the code:\n```js\nlet a', finishReason: 'length' }),
    );
    expect(row).toMatchObject({
      response: 'Here is the code:\n```js\nlet a',
      latencyMs: null,
      firstTokenMs: null,
      inputTokens: null,
      outputTokens: null,
      totalTokens: null,
      tokensPerSecond: null,
      characters: null,
      words: null,
      truncated: false,
      incomplete: false,
      incompleteReasons: [],
    });
    expect(Value.Check(Row, row)).toBe(true);
  });

  test('is truncated where the token limit was reached though the server says stop', () => {
    const usage = { inputTokens: 12, outputTokens: 512, totalTokens: 524 };
    expect(toRow(finished({ usage }))).toMatchObject({
      truncated: true,
      incomplete: true,
      incompleteReasons: ['token limit reached'],
    });
  });

  test('is ok and empty where a well-formed completion has no text', () => {
    expect(toRow(finished({ text: null }))).toMatchObject({ status: 'ok', empty: true, characters: 0, words: 0 });
  });

  test('is a cancelled row without attempts where the prompt was never sent', () => {
    const row = unsentRow({
      number: 4,
      category: null,
      prompt: 'Hello?',
      error: { type: 'auth', message: 'The endpoint refused the API key.', httpStatus: 401 },
      finishedAt: null,
    });
    expect(row).toMatchObject({ status: 'cancelled', attempts: 0, startedAt: null, error: { type: 'auth' } });
    expect(Value.Check(Row, row)).toBe(true);
  });
});

describe('tokens per second', () => {
  test('counts the time after the first token alone', () => {
    expect(tokensPerSecond(90, 1_000, 100)).toBe(100);
  });

  test('is null without usage, without streaming, below two tokens and in no time', () => {
    expect(tokensPerSecond(null, 1_000, 100)).toBeNull();
    expect(tokensPerSecond(90, 1_000, null)).toBeNull();
    expect(tokensPerSecond(1, 1_000, 100)).toBeNull();
    expect(tokensPerSecond(0, 1_000, 100)).toBeNull();
    expect(tokensPerSecond(90, 100, 100)).toBeNull();
  });
});
