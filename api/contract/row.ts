import { type Static, Type } from 'typebox';
import { ErrorType } from './errors.js';

const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Milliseconds = (description: string) => Nullable(Type.Number({ minimum: 0, description }));
const Tokens = Nullable(Type.Integer({ minimum: 0, description: 'as the endpoint reports; null where it does not' }));
const Timestamp = Type.String({ format: 'date-time' });

export const RowError = Type.Object({
  type: ErrorType,
  message: Type.String(),
  httpStatus: Nullable(Type.Integer()),
});
export type RowError = Static<typeof RowError>;

export const ROW_STATUSES = ['ok', 'error', 'timeout', 'cancelled'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** One prompt of a run and what became of it. Metrics and flags exist only where status is ok. */
export const Row = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: '1-based place in the suite' }),
    category: Nullable(Type.String({ description: 'always there in a run; null only in rows from elsewhere' })),
    prompt: Type.String(),
    response: Nullable(Type.String()),
    status: Type.Enum([...ROW_STATUSES]),
    error: Nullable(RowError),
    attempts: Type.Integer({ minimum: 0 }),
    latencyMs: Milliseconds('last attempt: request handed to the socket until the finish reason, or the last byte'),
    firstTokenMs: Milliseconds('the same start until the first content or reasoning; null where nothing streamed'),
    inputTokens: Tokens,
    outputTokens: Tokens,
    totalTokens: Tokens,
    tokensPerSecond: Nullable(Type.Number({ minimum: 0 })),
    finishReason: Nullable(Type.String()),
    truncated: Type.Boolean(),
    incomplete: Type.Boolean(),
    incompleteReasons: Type.Array(Type.String()),
    asksFollowUp: Type.Boolean(),
    refusal: Type.Boolean(),
    empty: Type.Boolean(),
    characters: Nullable(Type.Integer({ minimum: 0 })),
    words: Nullable(Type.Integer({ minimum: 0 })),
    startedAt: Nullable(Timestamp),
    finishedAt: Nullable(Timestamp),
  },
  { $id: 'Row' },
);
export type Row = Static<typeof Row>;

export const RUN_STATUSES = ['queued', 'running', 'completed', 'cancelled', 'interrupted'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const Run = Type.Object(
  {
    runId: Type.String(),
    status: Type.Enum([...RUN_STATUSES]),
    suiteId: Nullable(Type.String({ description: 'null for the visitor’s own prompts' })),
    modelId: Type.String(),
    concurrency: Type.Integer(),
    total: Type.Integer(),
    completed: Type.Integer({ description: 'rows with status ok' }),
    failed: Type.Integer({ description: 'rows with status error or timeout' }),
    startedAt: Nullable(Timestamp),
    finishedAt: Nullable(Timestamp),
    inFlight: Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1 }),
        until: Nullable(
          Type.String({ format: 'date-time', description: 'it waits, or has waited, until then to be asked again' }),
        ),
      }),
      { description: 'prompts that have been started and have no end yet; empty once the run is over' },
    ),
    results: Type.Array(Row),
  },
  { $id: 'Run' },
);
export type Run = Static<typeof Run>;
