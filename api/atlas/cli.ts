/**
 * Asks Atlas alone, with no server: `atlas ROWS.json < questions.jsonl`. Each line `{"id", "turns":[{"q"}]}` is one
 * conversation and gives one line `{"id", "answers":[Answer]}`.
 */
import { readFileSync } from 'node:fs';
import type { Answer } from '../contract/answer.js';
import type { Row } from '../contract/row.js';
import { ask, type Conversation } from './ask.js';

const [rowsFile] = process.argv.slice(2);
if (rowsFile === undefined) {
  console.error('usage: atlas ROWS.json < questions.jsonl');
  process.exit(2);
}
const parsed = JSON.parse(readFileSync(rowsFile, 'utf8'));
const rows: Row[] = Array.isArray(parsed) ? parsed : parsed.results;

for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (line.trim() === '') continue;
  const { id, turns } = JSON.parse(line) as { id: string; turns: { q: string }[] };
  let conversation: Conversation | null = null;
  const answers: Answer[] = [];
  for (const [at, { q }] of turns.entries()) {
    const answered = ask({ id: `${id}-${at + 1}`, question: q, rows, run: null, conversation });
    conversation = answered.conversation;
    answers.push(answered.answer);
  }
  console.log(JSON.stringify({ id, answers }));
}
