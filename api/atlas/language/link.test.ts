import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Row } from '../../contract/row.js';
import { readQuestion } from './link.js';

const rows: Row[] = JSON.parse(readFileSync('testing/corpora/atlas/bank-chat-rows.json', 'utf8'));
const QUESTIONS = [
  'how many errors of each type',
  'worst latency for each category',
  'what is the total number of attempts for all prompts',
  'median output tokens without the failed prompts',
].map((question) => question.split(' '));

it('reads a word with two letters swapped as the word that is meant, or not at all', () => {
  const slips = fc.constantFrom(...QUESTIONS).chain((words) => {
    const places = words.flatMap((word, at) => (word.length > 3 && word[1] !== word[2] ? [at] : []));
    return fc.record({ words: fc.constant(words), at: fc.constantFrom(...places) });
  });
  fc.assert(
    fc.property(slips, ({ words, at }) => {
      const slipped = words.map((word, index) =>
        index === at ? `${word[0]}${word[2]}${word[1]}${word.slice(3)}` : word,
      );
      const [meant, read] = [words, slipped].map((said) => readQuestion(said.join(' '), rows));
      const declined = read?.items.some(({ tag }) => tag.kind === 'unknown');
      if (!declined) expect(read?.items).toEqual(meant?.items);
    }),
  );
});
