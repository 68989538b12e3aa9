import type { Answer, AnswerPart } from '../../contract/answer.js';
import { API_PREFIX } from '../../contract/limits.js';
import type { Row } from '../../contract/row.js';
import type { Refusal } from '../plan.js';
import type { Result } from '../table.js';
import { chipsOf } from './chips.js';
import { factOf, type KnownFacts } from './facts.js';
import { HELP } from './help.js';
import { notesOf } from './notes.js';
import { refusalText } from './refusals.js';
import { sentenceOf } from './sentences.js';
import { suggestionsAfter, suggestionsInstead } from './suggestions.js';

interface Asked {
  id: string;
  question: string;
}

/** The answer as people read it: first the answer itself, then what it is over, then table or chart. */
export function renderAnswer(
  { id, question }: Asked,
  results: readonly Result[],
  rows: readonly Row[],
  corrections: readonly { from: string; to: string }[],
  run: KnownFacts | null,
): Answer {
  const paragraphs = results.map((result) => [leadOf(result, rows, run), ...notesOf(result, rows)].join(' '));
  const mended = corrections.slice(0, 3).map(({ from, to }) => `Read “${from}” as “${to}”.`);
  return {
    id,
    question,
    kind: results.every(hasNoFigure) ? 'unsupported' : 'answer',
    text: [...paragraphs, ...(mended.length > 0 ? [mended.join(' ')] : [])].join('\n\n'),
    parts: results.map(partOf),
    suggestions: suggestionsAfter(
      results.map(({ query }) => query),
      rows,
    ),
    source: 'computed',
  };
}

/** "the average latency of the timeouts": there is none, and nothing else was asked. */
const hasNoFigure = ({ query, values, n }: Result) =>
  query.goal === 'statistic' && n === 0 && values.every(({ value }) => value === null);

function leadOf(result: Result, rows: readonly Row[], run: KnownFacts | null): string {
  if (result.query.goal === 'help') return HELP;
  if (result.query.goal === 'fact') return factOf(result.query.fact, run)?.text ?? '';
  return sentenceOf(result, rows);
}

function partOf(result: Result): AnswerPart {
  const { query, rows, values, groups, table, chart } = result;
  const download =
    query.goal === 'export' ? { format: query.format, url: `${API_PREFIX}/export?format=${query.format}` } : null;
  return { understood: chipsOf(query), rows, values, groups, table, chart, download };
}

export function renderRefusal({ id, question }: Asked, reason: Refusal): Answer {
  const kind = reason.code === 'not_understood' || reason.code === 'no_context' ? 'clarify' : 'unsupported';
  return {
    id,
    question,
    kind,
    text: refusalText(reason),
    parts: [],
    suggestions: suggestionsInstead(),
    source: 'computed',
  };
}
