import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import type { Answer } from '../contract/answer.js';
import type { Row } from '../contract/row.js';
import { pathFromRoot } from '../root.js';
import { ask, type Conversation } from './ask.js';

const CORPORA = 'testing/corpora/atlas';
const workspace = mkdtempSync(join(tmpdir(), 'atlas-'));
afterAll(() => rmSync(workspace, { recursive: true }));

interface Counts {
  turns: number;
  right: number;
  wrong: number;
  answerable: number;
  answerableRight: number;
  unanswerable: number;
  unanswerableRight: number;
  unfaithful: number;
}

/** Asks every conversation of the sets and scores the answers with the scorer of the corpora. */
async function score(rowsFile: string, ...sets: string[]): Promise<Counts> {
  const rows: Row[] = JSON.parse(readFileSync(join(CORPORA, rowsFile), 'utf8'));
  const lines = sets.flatMap((set) => readFileSync(join(CORPORA, set), 'utf8').trim().split('\n'));
  const answers = lines.map((line) => {
    const { id, turns } = JSON.parse(line) as { id: string; turns: { q: string }[] };
    let conversation: Conversation | null = null;
    const given: Answer[] = [];
    for (const { q } of turns) {
      const answered = ask({ id, question: q, rows, run: null, conversation });
      conversation = answered.conversation;
      given.push(answered.answer);
    }
    return JSON.stringify({ id, answers: given });
  });
  const [questions, given] = [join(workspace, 'questions.jsonl'), join(workspace, 'answers.jsonl')];
  writeFileSync(questions, lines.join('\n'));
  writeFileSync(given, answers.join('\n'));
  const argv = [join(CORPORA, rowsFile), questions, given, '--json'];
  const scorer = new Worker(pathFromRoot('testing/vendor/score.mjs'), { argv, execArgv: [], stdout: true });
  return JSON.parse(await text(scorer.stdout)).counts;
}

describe('Atlas over the practice questions', async () => {
  const counts = await score('rows.json', 'questions-a.jsonl', 'questions-b.jsonl');
  it('answers at least 97 % of what can be answered', () => {
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.97);
  });
  it('is wrong in at most one of 200', () => {
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.005);
  });
  it('stays silent on at least 98 % of what the data cannot answer', () => {
    expect(counts.unanswerableRight / counts.unanswerable).toBeGreaterThanOrEqual(0.98);
  });
  it('never says a number that was not computed', () => {
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over the practice questions as other people say them', () => {
  const sets = readdirSync(CORPORA).filter((file) => /^said-.*\.jsonl$/.test(file));
  it.each(sets)('%s: at least 96 % answered, at most 0.5 % wrong, every number computed', async (set) => {
    const counts = await score('rows.json', set);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.96);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.005);
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over practice questions in words that were held back', () => {
  it('answers at least 90 %, and none wrongly', async () => {
    const counts = await score('rows.json', 'held-back-questions.jsonl');
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.9);
    expect(counts.wrong).toBe(0);
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over everyday phrasings of one kind of question each', () => {
  const sets = readdirSync(CORPORA).filter((file) => /^kinds-.*\.jsonl$/.test(file));
  it.each(sets)('%s: at least 95 % answered, at most 1 % wrong, every number computed', async (set) => {
    const counts = await score('rows.json', set);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.95);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.01);
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over questions with a story told around them', () => {
  it('answers at least 85 %, and none wrongly', async () => {
    const counts = await score('rows.json', 'stories-questions.jsonl');
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.85);
    expect(counts.wrong).toBe(0);
    expect(counts.unanswerableRight).toBe(counts.unanswerable);
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over questions on other rows', () => {
  const sets = readdirSync(CORPORA).filter((file) => /^own-.*\.jsonl$/.test(file));
  it.each(sets)('%s: at least 93 % answered, at most 1 % wrong, every number computed', async (set) => {
    const counts = await score(set.replace('own-', 'own-rows-').replace('.jsonl', '.json'), set);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.93);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.01);
    expect(counts.unfaithful).toBe(0);
  });
});

describe('Atlas over questions of other authors', () => {
  it.each([
    'code',
    'support-mixed',
    'office',
    'creative',
    'home',
    'tutor',
    'devops',
    'mixed',
    'gym',
    'hospital',
    'travel',
  ])('%s: at least 96 % answered, at most 0.5 % wrong, silent where it must be', async (set) => {
    const counts = await score(`${set}-rows.json`, `${set}-questions.jsonl`);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.96);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.005);
    expect(counts.unanswerableRight / counts.unanswerable).toBeGreaterThanOrEqual(0.98);
    expect(counts.unfaithful).toBe(0);
  });

  it.each([
    'insurance',
    'city',
    'recruiting',
    'museum',
    'cooking',
    'estate',
    'airline',
    'garden',
    'hotel',
    'software',
    'transit',
    'copy',
    'bank-chat',
    'school',
    'machinery',
    'tenants',
    'podcast',
  ])('%s: at least 92 % answered, at most 1 % wrong, silent where it must be', async (set) => {
    const counts = await score(`${set}-rows.json`, `${set}-questions.jsonl`);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.92);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.01);
    expect(counts.unanswerableRight / counts.unanswerable).toBeGreaterThanOrEqual(0.98);
    expect(counts.unfaithful).toBe(0);
  });

  it.each(['bank', 'telecom', 'garage', 'vet', 'bicycle'])(
    '%s: at least 90 % answered, none wrong, silent where it must be',
    async (set) => {
      const counts = await score(`${set}-rows.json`, `${set}-questions.jsonl`);
      expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.9);
      expect(counts.wrong).toBe(0);
      expect(counts.unanswerableRight / counts.unanswerable).toBeGreaterThanOrEqual(0.98);
      expect(counts.unfaithful).toBe(0);
    },
  );

  it.each(['shop', 'logistics'])('%s: at least 85 % answered, at most 1 % wrong', async (set) => {
    const counts = await score(`${set}-rows.json`, `${set}-questions.jsonl`);
    expect(counts.answerableRight / counts.answerable).toBeGreaterThanOrEqual(0.85);
    expect(counts.wrong / counts.turns).toBeLessThanOrEqual(0.01);
    expect(counts.unfaithful).toBe(0);
  });
});
