import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Answer } from '../contract/answer.js';
import type { Row } from '../contract/row.js';
import { ask, type Conversation, opening, type RunFacts } from './ask.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/rows.json', 'utf8'));
const run: RunFacts = {
  runId: 'r1',
  suiteId: null,
  modelId: 'my-model',
  concurrency: 4,
  status: 'completed',
  startedAt: '2026-01-15T10:00:00.000Z',
  finishedAt: '2026-01-15T10:00:12.500Z',
  total: 18,
};

function talk(...questions: string[]) {
  let conversation: Conversation | null = null;
  return questions.map((question) => {
    const answered = ask({ id: 'q', question, rows, run: null, conversation });
    conversation = JSON.parse(JSON.stringify(answered.conversation));
    return answered.answer;
  });
}
const last = (...questions: string[]) => talk(...questions).at(-1)!;

const ok = (number: number, latencyMs: number): Row => ({ ...rows[0]!, number, latencyMs });
const failedRow = (number: number): Row => ({ ...rows[8]!, number });
const SHAPES: Record<string, Row[]> = {
  'no rows': [],
  'one row': [ok(1, 500)],
  'twenty rows, all tied': Array.from({ length: 20 }, (_, at) => ({ ...ok(at + 1, 700), category: null })),
  'all errors': [failedRow(1), failedRow(2), failedRow(3)],
  'no errors, no streaming': [1, 2, 3].map((number) => ({
    ...ok(number, number * 100),
    firstTokenMs: null,
    tokensPerSecond: null,
  })),
  'nulls everywhere': [1, 2].map((number) => ({
    ...ok(number, 100),
    outputTokens: null,
    totalTokens: null,
    inputTokens: null,
    category: null,
    finishReason: null,
  })),
  'other languages': [
    { ...ok(1, 100), category: '旅行', prompt: '東京への旅行を計画してください。' },
    { ...ok(2, 200), category: 'Küche', prompt: 'Wie koche ich Spätzle?' },
  ],
};

describe('an answer', () => {
  it('begins with the answer and says what it is over', () => {
    const { text, parts } = last('What is the p95 latency?');
    expect(text).toMatch(/^P95 latency: \*\*2\.11 s\*\*\. Over 15 prompts/);
    expect(text).toContain('nearly the maximum');
    expect(parts[0]?.chart?.type).toBe('histogram');
  });

  it('takes slower than a rate for fewer tokens per second, slower than a time for more of it', () => {
    expect(last('which prompts were slower than 80 tokens per second').parts[0]?.understood).toContain(
      'tokens per second < 80',
    );
    expect(last('which prompts were slower than 1 second').parts[0]?.understood).toContain('latency > 1 s');
  });

  it('names all prompts that tie for the first place', () => {
    const tied = [ok(1, 900), ok(2, 900), ok(3, 100)];
    const { answer } = ask({ id: 'q', question: 'slowest prompt', rows: tied, run: null, conversation: null });
    expect(answer.parts[0]?.rows).toEqual([1, 2]);
  });

  it('keeps Markdown and HTML in prompts from being more than text', () => {
    const hostile = [{ ...ok(1, 900), prompt: '<img src=x> [link](http://evil) **bold**' }];
    const { answer } = ask({ id: 'q', question: 'slowest prompt', rows: hostile, run: null, conversation: null });
    expect(answer.text).toContain('\\<img src=x\\>');
    expect(answer.text).not.toContain('[link](');
  });

  it('offers suggestions that work', () => {
    const suggestions = new Set(
      [
        'summary',
        'slowest prompt',
        'average latency',
        'failed prompts',
        'blorf',
        'export csv',
        'latency histogram',
        'average latency by category',
      ].flatMap((question) => last(question).suggestions),
    );
    for (const suggestion of suggestions) expect(last(suggestion).kind, suggestion).toBe('answer');
  });
});

describe('what Atlas does not answer', () => {
  it.each([
    ['average purple latency', 'purple'],
    ['p95 latency for mobile clients', ''],
    ['How much did it cost?', 'cost'],
    ['show prompt 42', '42'],
    ['and the other two?', ''],
    ['which user has sent prompt 7?', 'people'],
    ['who read the slowest answer?', 'people'],
    ['how many travel were sent?', 'prompts'],
    ['latency today', 'today'],
    ['mail the failed ones to my boss', 'sends'],
  ])('%s', (question, named) => {
    const { kind, text, parts } = last(question);
    expect(kind).not.toBe('answer');
    expect(parts).toEqual([]);
    expect(text).toContain(named);
  });

  it('tells run facts only where the run is known', () => {
    const question = 'How long did the whole run take?';
    expect(ask({ id: 'q', question, rows, run: null, conversation: null }).answer.kind).toBe('unsupported');
    expect(ask({ id: 'q', question, rows, run, conversation: null }).answer.text).toContain('12.5 s');
  });

  it('a word nobody knows is never passed over', () => {
    const questions = [
      'What is the average latency?',
      'Which prompts failed?',
      'slowest prompt in travel',
      'how many responses were truncated',
      'Give me a summary of the run',
    ];
    const word = fc.stringMatching(/^[bcdfghjklmnpqrstvwxz]{5,9}$/);
    fc.assert(
      fc.property(fc.constantFrom(...questions), word, fc.nat(), (question, strange, position) => {
        const words = question.split(' ');
        words.splice(position % (words.length + 1), 0, strange);
        const { kind } = last(words.join(' '));
        expect(kind).not.toBe('answer');
      }),
      { numRuns: 60 },
    );
  });
});

describe('any question at all', () => {
  it('is answered or declined, never thrown at', () => {
    const vocabulary = [
      'average',
      'latency',
      'slowest',
      'not',
      'and',
      'or',
      'over',
      '2',
      'seconds',
      'travel',
      'those',
      'p95',
      '#3',
      'mention',
      '"',
      "'",
      ',',
      '?',
      'by',
      'category',
      'only',
      'without',
      'than',
      'failed',
      'share',
      'tokens',
      'top',
      'same',
      'instead',
    ];
    const mixed = fc.array(fc.oneof(fc.constantFrom(...vocabulary), fc.string({ unit: 'grapheme', maxLength: 8 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(SHAPES)),
        fc.array(mixed, { minLength: 1, maxLength: 3 }),
        (shape, turns) => {
          let conversation: Conversation | null = null;
          for (const turn of turns) {
            const answered = ask({ id: 'q', question: turn.join(' '), rows: SHAPES[shape]!, run: null, conversation });
            conversation = answered.conversation;
            expect(Value.Check(Answer, answered.answer)).toBe(true);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('may hold words that every object of the language has', () => {
    for (const question of ['constructor of the failed prompts', 'which prompts mention __proto__?', 'valueof average'])
      expect(Value.Check(Answer, last(question))).toBe(true);
  });

  it.each(Object.keys(SHAPES))('makes sense over %s', (shape) => {
    for (const question of [
      'summary',
      'average latency',
      'slowest prompt',
      'latency by category',
      'latency histogram',
      'any outliers?',
      'error rate',
      'which prompts failed?',
      'compare input and output tokens',
      'stddev of latency',
      'median ttft',
    ]) {
      const { answer } = ask({ id: 'q', question, rows: SHAPES[shape]!, run: null, conversation: null });
      expect(Value.Check(Answer, answer), question).toBe(true);
      expect(answer.text, question).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('opens the conversation with the run at a glance, whatever the rows', () => {
    for (const shape of Object.values(SHAPES))
      expect(opening({ id: 'o', rows: shape, run }).answer.kind).toBe('answer');
    expect(opening({ id: 'o', rows, run }).answer.text).toContain('15 of 18');
  });
});

describe('a conversation', () => {
  it('goes on from the last answer and says what it kept', () => {
    const answer = last('mean latency in travel', 'and the median?');
    expect(answer.parts[0]?.values[0]).toMatchObject({ aggregate: 'median', metric: 'latencyMs', value: 1575 });
    expect(answer.parts[0]?.understood).toContain('from before: category: travel');
  });

  it('lets what was kept be taken away', () => {
    const { conversation } = ask({ id: 'q', question: 'mean latency in travel', rows, run: null, conversation: null });
    const { answer } = ask({
      id: 'q',
      question: 'and the median?',
      rows,
      run: null,
      conversation,
      without: ['from before: category: travel'],
    });
    expect(answer.parts[0]?.values[0]?.value).toBe(770);
  });

  it('starts afresh with a complete question', () => {
    const answer = last('mean latency in travel', 'How many prompts failed?');
    expect(answer.parts[0]?.values[0]?.value).toBe(3);
  });

  it('speaks of the rows of the last answer', () => {
    expect(last('Which prompts failed?', 'which of those timed out?').parts[0]?.rows).toEqual([13]);
    expect(last('slowest prompt', 'how many output tokens did it write?').parts[0]?.values[0]?.value).toBe(256);
  });
});
