import type { Cell, Metric, Table } from '../../contract/answer.js';
import type { Row } from '../../contract/row.js';

const EXCERPT = 160;
/** One line of it, for a table. */
export function excerpt(text: string | null, most = EXCERPT): string | null {
  if (text === null) return null;
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}

/** Prompts in the order given, with the metric asked for. */
export function promptTable(rows: readonly Row[], metric: Metric | null): Table | null {
  if (rows.length === 0) return null;
  const columns = [
    '#',
    'Category',
    'Prompt',
    'Status',
    metric ?? 'latencyMs',
    ...(metric === null ? ['outputTokens', 'Response'] : []),
  ];
  return {
    columns,
    rows: rows.map((row): Cell[] => [
      row.number,
      row.category,
      excerpt(row.prompt, 80),
      statusOf(row),
      row[metric ?? 'latencyMs'] ?? null,
      ...(metric === null ? [row.outputTokens, excerpt(row.response, 100)] : []),
    ]),
  };
}

/** Everything about one prompt. */
export function promptCard(row: Row): Table {
  const facts: [string, Cell][] = [
    ['Prompt', excerpt(row.prompt, 600)],
    ['Response', excerpt(row.response, 1200)],
    ['Category', row.category],
    ['Status', statusOf(row)],
    ['Error', row.error === null ? null : excerpt(row.error.message)],
    ['latencyMs', row.latencyMs],
    ['firstTokenMs', row.firstTokenMs],
    ['tokensPerSecond', row.tokensPerSecond],
    ['inputTokens', row.inputTokens],
    ['outputTokens', row.outputTokens],
    ['words', row.words],
    ['Attempts', row.attempts],
    ['Finish reason', row.finishReason],
  ];
  return { columns: ['', `Prompt ${row.number}`], rows: facts.filter(([, value]) => value !== null && value !== '') };
}

const statusOf = (row: Row) =>
  row.error === null
    ? row.status
    : `${row.status} (${row.error.type}${row.error.httpStatus === null ? '' : ` ${row.error.httpStatus}`})`;
