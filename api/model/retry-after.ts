import type { Reply } from '../egress/reply.js';

/** A longer wait is not worth a visitor's time: the failure is shown at once. */
const LONGEST_WAIT_MS = 30_000;

/**
 * How long the endpoint asks us to wait (RFC 9110, 10.2.3, and the common `retry-after-ms`): `{ afterMs: null }` where
 * it does not say, or not sensibly; null where it asks for more than 30 s.
 */
export function readRetryAfter(header: Reply['header'], now = Date.now()): { afterMs: number | null } | null {
  const afterMs = milliseconds(header('retry-after-ms')) ?? seconds(header('retry-after'), now);
  if (afterMs === null || afterMs < 0) return { afterMs: null };
  return afterMs <= LONGEST_WAIT_MS ? { afterMs } : null;
}

function milliseconds(value: string | null): number | null {
  return value !== null && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

function seconds(value: string | null, now: number): number | null {
  const stated = milliseconds(value);
  if (stated !== null) return stated * 1000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? null : date - now;
}
