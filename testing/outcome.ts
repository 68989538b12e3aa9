import type { ErrorType } from '../api/contract/errors.js';
import type { CallOutcome } from '../api/results/call.js';

/** How a call ended: well, or with this error. */
export function outcome(type: ErrorType | null, over: Partial<CallOutcome> = {}): CallOutcome {
  const ok = type === null;
  return {
    status: ok ? 'ok' : type === 'timeout' || type === 'cancelled' ? type : 'error',
    text: ok ? 'An answer.' : null,
    finishReason: ok ? 'stop' : null,
    usage: { inputTokens: null, outputTokens: null, totalTokens: null },
    latencyMs: ok ? 5 : null,
    firstTokenMs: null,
    error: ok ? null : { type, message: `It said ${type}.`, httpStatus: null },
    calls: 1,
    retry: null,
    ...over,
  };
}
