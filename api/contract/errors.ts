import { type Static, Type } from 'typebox';

/** Why a call to the visitor's endpoint failed. */
export const ERROR_TYPES = [
  'auth',
  'model_not_found',
  'rate_limited',
  'bad_request',
  'quota',
  'server_error',
  'timeout',
  'connection',
  'tls',
  'dns',
  'blocked_address',
  'redirect',
  'invalid_response',
  'response_too_large',
  'content_filter',
  'interrupted',
  'cancelled',
] as const;

export const ErrorType = Type.Enum([...ERROR_TYPES]);
export type ErrorType = (typeof ERROR_TYPES)[number];

/** Errors that would meet every prompt of a run: the run stops early. */
export const FATAL_ERROR_TYPES: readonly ErrorType[] = ['auth', 'model_not_found', 'quota', 'blocked_address', 'tls'];

/** Stable codes that clients read, each with its HTTP status and title. */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  session_invalid: { status: 401, title: 'This session has ended or the token is not valid' },
  origin_not_allowed: { status: 403, title: 'This page may not use the demo' },
  not_found: { status: 404, title: 'Not found' },
  session_exists: { status: 409, title: 'A demo session already runs from this network' },
  run_in_progress: { status: 409, title: 'A batch test is already running' },
  credentials_deleted: { status: 409, title: 'The API key of this session has been deleted' },
  no_results: { status: 409, title: 'There are no results yet' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The request must be JSON' },
  connection_failed: { status: 422, title: 'The connection test failed' },
  prompt_limit: { status: 422, title: 'The prompts of this session are used up' },
  question_limit: { status: 422, title: 'The questions of this session are used up' },
  rate_limited: { status: 429, title: 'Too many requests' },
  too_many_connections: { status: 429, title: 'Too many connections' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'The service is busy' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 problem details. `code` is what clients read; `detail` is a sentence for a person. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.Enum(Object.keys(PROBLEMS) as ProblemCode[]),
    detail: Type.String(),
    field: Type.Optional(Type.String({ description: 'invalid_request: the field that is wrong' })),
    reason: Type.Optional(ErrorType),
    hint: Type.Optional(Type.String({ description: 'connection_failed: what to do next' })),
    promptsLeft: Type.Optional(Type.Integer()),
    retryAfterSeconds: Type.Optional(Type.Integer()),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
