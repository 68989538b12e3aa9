import type { ErrorType } from '../contract/errors.js';
import type { Row, RowStatus, Run, RunStatus } from '../contract/row.js';

/** A prompt of a run as the database keeps it. `status` is null until it has reached its end. */
export interface ResultRecord {
  number: number;
  category: string | null;
  prompt: string;
  status: RowStatus | null;
  response: string | null;
  errorType: string | null;
  errorMessage: string | null;
  errorHttpStatus: number | null;
  attempts: number;
  latencyMs: number | null;
  firstTokenMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  tokensPerSecond: number | null;
  finishReason: string | null;
  truncated: boolean;
  incomplete: boolean;
  incompleteReasons: string[];
  asksFollowUp: boolean;
  refusal: boolean;
  empty: boolean;
  characters: number | null;
  words: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface RunRecord {
  id: string;
  status: RunStatus;
  suiteId: string | null;
  modelId: string;
  concurrency: number;
  total: number;
  startedAt: Date | null;
  finishedAt: Date | null;
  results: ResultRecord[];
}

/** The columns that a prompt's end writes. */
export function toRecord(row: Row): Omit<ResultRecord, 'number' | 'category' | 'prompt'> {
  const { number: _number, category: _category, prompt: _prompt, error, startedAt, finishedAt, ...columns } = row;
  return {
    ...columns,
    errorType: error?.type ?? null,
    errorMessage: error?.message ?? null,
    errorHttpStatus: error?.httpStatus ?? null,
    startedAt: startedAt === null ? null : new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  };
}

/** Null for a prompt that has not reached its end. */
function toRow(record: ResultRecord): Row | null {
  const { status, errorType, errorMessage, errorHttpStatus } = record;
  if (status === null) return null;
  return {
    number: record.number,
    category: record.category,
    prompt: record.prompt,
    response: record.response,
    status,
    error:
      errorType === null
        ? null
        : { type: errorType as ErrorType, message: errorMessage ?? '', httpStatus: errorHttpStatus },
    attempts: record.attempts,
    latencyMs: record.latencyMs,
    firstTokenMs: record.firstTokenMs,
    inputTokens: record.inputTokens,
    outputTokens: record.outputTokens,
    totalTokens: record.totalTokens,
    tokensPerSecond: record.tokensPerSecond,
    finishReason: record.finishReason,
    truncated: record.truncated,
    incomplete: record.incomplete,
    incompleteReasons: record.incompleteReasons,
    asksFollowUp: record.asksFollowUp,
    refusal: record.refusal,
    empty: record.empty,
    characters: record.characters,
    words: record.words,
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}

/** `waits` tells until when prompts in flight wait, or have waited, to be asked again. */
export function toRun(record: RunRecord, waits: ReadonlyMap<number, Date> = new Map()): Run {
  const results = record.results.map(toRow).filter((row) => row !== null);
  return {
    runId: record.id,
    status: record.status,
    suiteId: record.suiteId,
    modelId: record.modelId,
    concurrency: record.concurrency,
    total: record.total,
    completed: results.filter((row) => row.status === 'ok').length,
    failed: results.filter((row) => row.status === 'error' || row.status === 'timeout').length,
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
    inFlight: record.results
      .filter(({ status, startedAt }) => status === null && startedAt !== null)
      .map(({ number }) => ({ number, until: waits.get(number)?.toISOString() ?? null }))
      .sort((a, b) => a.number - b.number),
    results: results.sort((a, b) => a.number - b.number),
  };
}

/** The run as it was when it started. */
export function atItsStart(run: Run): Run {
  return { ...run, status: 'running', completed: 0, failed: 0, finishedAt: null, inFlight: [], results: [] };
}
