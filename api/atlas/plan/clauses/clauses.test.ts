import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../contract/row.js';
import { planQuestion } from '../../ask.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/rows.json', 'utf8'));

function thingsAsked(question: string): number {
  const { plan } = planQuestion({ id: 'clauses', question, rows, run: null, conversation: null });
  return plan.kind === 'queries' ? plan.queries.length : 0;
}

describe('a question with several parts', () => {
  it.each([
    'p95 and p99 latency',
    'min, max and average latency',
    'by category, the mean latency',
    'on average, how long did they take?',
    'mean latency and tokens per category',
    'rank the categories slowest to fastest, mean latency',
    'the difference between travel and hr in average latency',
    'which failed, and how many?',
    'travel vs support, which took longer?',
    'list the travel prompts by latency, slowest at the top',
  ])('asks one thing: %s', (question) => {
    expect(thingsAsked(question)).toBe(1);
  });

  it.each([
    'p95 latency, and which failed?',
    'mean latency and how many',
    'mean latency with the number of requests',
    'how many prompts and mean latency',
    'show the failed prompts and the average response time',
    'mean latency and prompt 5',
    'average latency, total tokens',
    'total tokens, and which prompt was slowest?',
    'the slowest category and the slowest prompt',
    'list the refusals, and separately the truncated answers',
    'the shortest and longest replies',
    'how did it go, and which prompt was slowest?',
  ])('asks two things: %s', (question) => {
    expect(thingsAsked(question)).toBe(2);
  });
});
