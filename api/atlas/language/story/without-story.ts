import type { Row } from '../../../contract/row.js';
import { readQuestion } from '../link.js';
import { isBackground } from './background.js';
import { leavesLimit, lendLimit, standsAlone } from './stands-alone.js';
import { isStatement, piecesOf } from './statement.js';

/**
 * What is asked, without the story told before or after it: "Our app shows a spinner. Nine of ten answers arrive within
 * what time?" A story is a statement that says nothing of the run by which the answer could change. A limit that it
 * states is lent to the question that points at it: "… slower than that?" null: there is no story, or the question leans
 * on it otherwise.
 */
export function withoutStory(question: string, rows: readonly Row[]): string | null {
  const read = piecesOf(question).map((piece) => ({ piece, items: readQuestion(piece, rows).items }));
  const told = read.filter(({ piece, items }) => isStatement(piece, items) && isBackground(piece, items));
  const asked = read
    .filter((part) => !told.includes(part))
    .map(({ piece }) => piece)
    .join(' ');
  if (told.length === 0 || asked === '') return null;
  const story = told.flatMap(({ items }) => items);
  const rest = lendLimit(asked, story);
  const { items } = readQuestion(rest, rows);
  const unused = rest === asked && leavesLimit(items, story);
  return !unused && standsAlone(rest, items, story) ? rest : null;
}
