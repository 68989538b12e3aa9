import type { RowError, RowStatus } from '../contract/row.js';

/** What one prompt asks of the endpoint. */
export interface CallRequest {
  prompt: string;
  systemPrompt: string | null;
  maxTokens: number;
  /** null: not sent. */
  temperature: number | null;
}

export interface Usage {
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
}

/**
 * How one attempt ended, with every upstream text already scrubbed of the key, cleaned of control characters and
 * capped. Times are milliseconds on one monotonic clock, from handing the request to the socket.
 */
export interface CallOutcome {
  status: RowStatus;
  /** The answer; the part that came where it broke off; null where there was none. */
  text: string | null;
  finishReason: string | null;
  usage: Usage;
  latencyMs: number | null;
  firstTokenMs: number | null;
  error: RowError | null;
  /** Calls that reached for the endpoint: 2 where it had to be asked again in its own dialect. */
  calls: number;
  /** null: asking again is pointless. Otherwise the endpoint's own wish (Retry-After), or null for our back-off. */
  retry: { afterMs: number | null } | null;
}

/** Asks the endpoint once, within `callsLeft` calls. Never throws: every failure is an outcome. */
export type Complete = (
  request: CallRequest,
  options: { signal: AbortSignal; callsLeft: number },
) => Promise<CallOutcome>;
