import { ApiError, NetworkError } from './api-client.js';
import type { Failure } from './state.js';

/** What went wrong at the network's edge, as data. Anything else is a fault of this program and is thrown again. */
export function toFailure(error: unknown, now = Date.now()): Failure {
  if (error instanceof NetworkError) return { code: 'network', detail: error.message };
  if (!(error instanceof ApiError)) throw error;
  const { code, detail, reason, hint, field, retryAfterSeconds } = error.problem;
  return {
    code,
    detail,
    hint,
    reason,
    field,
    retryAt: retryAfterSeconds === undefined ? undefined : now + retryAfterSeconds * 1_000,
  };
}
