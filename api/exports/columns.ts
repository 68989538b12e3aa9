import type { Row } from '../contract/row.js';

type ColumnKind = 'text' | 'number' | 'flag';

/** One field of a row as a column of a table: `name` for programs, `title` for people. */
export interface Column {
  name: string;
  title: string;
  kind: ColumnKind;
  /** In characters, for spreadsheets. */
  width: number;
  valueOf(row: Row): string | number | boolean | null;
}

export const COLUMNS: readonly Column[] = [
  { name: 'number', title: 'No.', kind: 'number', width: 6, valueOf: (row) => row.number },
  { name: 'category', title: 'Category', kind: 'text', width: 18, valueOf: (row) => row.category },
  { name: 'prompt', title: 'Prompt', kind: 'text', width: 50, valueOf: (row) => row.prompt },
  { name: 'response', title: 'Response', kind: 'text', width: 80, valueOf: (row) => row.response },
  { name: 'status', title: 'Status', kind: 'text', width: 10, valueOf: (row) => row.status },
  { name: 'errorType', title: 'Error', kind: 'text', width: 16, valueOf: (row) => row.error?.type ?? null },
  {
    name: 'errorMessage',
    title: 'Error message',
    kind: 'text',
    width: 40,
    valueOf: (row) => row.error?.message ?? null,
  },
  {
    name: 'errorHttpStatus',
    title: 'HTTP status',
    kind: 'number',
    width: 12,
    valueOf: (row) => row.error?.httpStatus ?? null,
  },
  { name: 'attempts', title: 'Attempts', kind: 'number', width: 10, valueOf: (row) => row.attempts },
  { name: 'latencyMs', title: 'Latency (ms)', kind: 'number', width: 13, valueOf: (row) => row.latencyMs },
  { name: 'firstTokenMs', title: 'First token (ms)', kind: 'number', width: 16, valueOf: (row) => row.firstTokenMs },
  { name: 'inputTokens', title: 'Input tokens', kind: 'number', width: 13, valueOf: (row) => row.inputTokens },
  { name: 'outputTokens', title: 'Output tokens', kind: 'number', width: 14, valueOf: (row) => row.outputTokens },
  { name: 'totalTokens', title: 'Total tokens', kind: 'number', width: 13, valueOf: (row) => row.totalTokens },
  { name: 'tokensPerSecond', title: 'Tokens/s', kind: 'number', width: 10, valueOf: (row) => row.tokensPerSecond },
  { name: 'finishReason', title: 'Finish reason', kind: 'text', width: 14, valueOf: (row) => row.finishReason },
  { name: 'truncated', title: 'Truncated', kind: 'flag', width: 11, valueOf: (row) => row.truncated },
  { name: 'incomplete', title: 'Incomplete (heuristic)', kind: 'flag', width: 22, valueOf: (row) => row.incomplete },
  {
    name: 'incompleteReasons',
    title: 'Why incomplete',
    kind: 'text',
    width: 30,
    valueOf: (row) => row.incompleteReasons.join('; '),
  },
  { name: 'asksFollowUp', title: 'Asks back (heuristic)', kind: 'flag', width: 21, valueOf: (row) => row.asksFollowUp },
  { name: 'refusal', title: 'Refusal (heuristic)', kind: 'flag', width: 19, valueOf: (row) => row.refusal },
  { name: 'empty', title: 'Empty', kind: 'flag', width: 8, valueOf: (row) => row.empty },
  { name: 'characters', title: 'Characters', kind: 'number', width: 11, valueOf: (row) => row.characters },
  { name: 'words', title: 'Words', kind: 'number', width: 8, valueOf: (row) => row.words },
  { name: 'startedAt', title: 'Started (UTC)', kind: 'text', width: 25, valueOf: (row) => row.startedAt },
  { name: 'finishedAt', title: 'Finished (UTC)', kind: 'text', width: 25, valueOf: (row) => row.finishedAt },
];
