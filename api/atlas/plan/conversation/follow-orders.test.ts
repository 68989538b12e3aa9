import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Row } from '../../../contract/row.js';
import { ask, type Conversation } from '../../ask.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/rows.json', 'utf8'));

function lastAnswer(...questions: string[]): string {
  let conversation: Conversation | null = null;
  let text = '';
  for (const question of questions) {
    const answered = ask({ id: 'orders', question, rows, run: null, conversation });
    conversation = answered.conversation;
    text = answered.answer.text;
  }
  return text;
}

it.each([
  [['how many refusals?', 'list them by words, longest first'], '#7 .* has the highest words'],
  [['mean tokens by category', 'and which used the most tokens in total?'], 'travel.* has the highest total tokens'],
  [['how many failed?', 'and the slowest?'], '#4 .* has the highest latency'],
  [['mean latency by category', 'which is slowest?', 'and its slowest prompt?'], '#4 .* \\(category: travel\\)'],
  [['average latency', 'which one was the lowest?'], '#16 .* has the lowest latency'],
  [['slowest three', 'fastest instead'], 'By lowest latency: #16 .*, #6 .* and #8'],
])('ranks what the last answer was about: %j', (questions, expected) => {
  expect(lastAnswer(...questions)).toMatch(new RegExp(expected));
});
