import type { Row } from '../contract/row.js';

/** One field of a row as a column of a table: `name` for programs, `title` for people. */
export interface Column {
  name: string;
  title: string;
  /** In characters, for spreadsheets. */
  width: number;
  /** A measured figure, to be shown with a decimal. */
  measured?: true;
  valueOf(row: Row): string | number | boolean | null;
}

export const COLUMNS: readonly Column[] = [
  { name: 'number', title: 'No.', width: 6, valueOf: (row) => row.number },
  { name: 'category', title: 'Category', width: 18, valueOf: (row) => row.category },
  { name: 'prompt', title: 'Prompt', width: 50, valueOf: (row) => row.prompt },
  { name: 'response', title: 'Response', width: 80, valueOf: (row) => row.response },
  { name: 'status', title: 'Status', width: 10, valueOf: (row) => row.status },
  { name: 'errorType', title: 'Error', width: 16, valueOf: (row) => row.error?.type ?? null },
  {
    name: 'errorMessage',
    title: 'Error message',
    width: 40,
    valueOf: (row) => row.error?.message ?? null,
  },
  {
    name: 'errorHttpStatus',
    title: 'HTTP status',
    width: 12,
    valueOf: (row) => row.error?.httpStatus ?? null,
  },
  { name: 'attempts', title: 'Attempts', width: 10, valueOf: (row) => row.attempts },
  { name: 'latencyMs', title: 'Latency (ms)', width: 13, measured: true, valueOf: (row) => row.latencyMs },
  { name: 'firstTokenMs', title: 'First token (ms)', width: 16, measured: true, valueOf: (row) => row.firstTokenMs },
  { name: 'inputTokens', title: 'Input tokens', width: 13, valueOf: (row) => row.inputTokens },
  { name: 'outputTokens', title: 'Output tokens', width: 14, valueOf: (row) => row.outputTokens },
  { name: 'totalTokens', title: 'Total tokens', width: 13, valueOf: (row) => row.totalTokens },
  { name: 'tokensPerSecond', title: 'Tokens/s', width: 10, measured: true, valueOf: (row) => row.tokensPerSecond },
  { name: 'finishReason', title: 'Finish reason', width: 14, valueOf: (row) => row.finishReason },
  { name: 'truncated', title: 'Truncated', width: 11, valueOf: (row) => row.truncated },
  { name: 'incomplete', title: 'Incomplete (heuristic)', width: 22, valueOf: (row) => row.incomplete },
  {
    name: 'incompleteReasons',
    title: 'Why incomplete',
    width: 30,
    valueOf: (row) => row.incompleteReasons.join('; '),
  },
  { name: 'asksFollowUp', title: 'Asks back (heuristic)', width: 21, valueOf: (row) => row.asksFollowUp },
  { name: 'refusal', title: 'Refusal (heuristic)', width: 19, valueOf: (row) => row.refusal },
  { name: 'empty', title: 'Empty', width: 8, valueOf: (row) => row.empty },
  { name: 'characters', title: 'Characters', width: 11, valueOf: (row) => row.characters },
  { name: 'words', title: 'Words', width: 8, valueOf: (row) => row.words },
  { name: 'startedAt', title: 'Started (UTC)', width: 25, valueOf: (row) => row.startedAt },
  { name: 'finishedAt', title: 'Finished (UTC)', width: 25, valueOf: (row) => row.finishedAt },
];
