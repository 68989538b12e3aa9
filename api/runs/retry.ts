import { LIMITS } from '../contract/limits.js';
import type { CallOutcome } from '../results/call.js';

/** An endpoint that asks for more patience than this is not asked again: the visitor is better served by the error. */
const LONGEST_WAIT_MS = 30_000;
/** Back-off before the second call; doubled before the third. A rate limit needs longer than a hiccup. */
const FIRST_BACKOFF_MS = { rateLimited: 2_000, other: 500 };

export interface CallsMade {
  /** Calls that reached for the endpoint, adaptations to its dialect included. */
  calls: number;
  /** Times the prompt was tried, with or without reaching the endpoint. */
  tries: number;
}

/**
 * Milliseconds to wait before this prompt is asked again; null where it is not. The endpoint's own wish (Retry-After)
 * is honoured; otherwise exponential back-off with full jitter, so that prompts that failed together do not return together.
 */
export function retryDelayMs(outcome: CallOutcome, { calls, tries }: CallsMade, random: () => number): number | null {
  if (!outcome.retry || calls >= LIMITS.attempts || tries >= LIMITS.attempts) return null;
  const { afterMs } = outcome.retry;
  if (afterMs !== null) return afterMs <= LONGEST_WAIT_MS ? Math.max(0, afterMs) : null;
  return random() * firstBackoffMs(outcome) * 2 ** (tries - 1);
}

function firstBackoffMs(outcome: CallOutcome): number {
  return isRateLimited(outcome) ? FIRST_BACKOFF_MS.rateLimited : FIRST_BACKOFF_MS.other;
}

export function isRateLimited(outcome: CallOutcome): boolean {
  return outcome.error?.type === 'rate_limited';
}
