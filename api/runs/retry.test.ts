import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorType } from '../contract/errors.js';
import type { CallOutcome } from '../results/call.js';
import { retryDelayMs } from './retry.js';

const failed = (retry: CallOutcome['retry'], type: ErrorType = 'server_error'): CallOutcome => ({
  status: 'error',
  text: null,
  finishReason: null,
  usage: { inputTokens: null, outputTokens: null, totalTokens: null },
  latencyMs: null,
  firstTokenMs: null,
  error: { type, message: 'It failed.', httpStatus: 500 },
  calls: 1,
  retry,
});
const once = { calls: 1, tries: 1 };
const half = () => 0.5;

describe('whether a prompt is asked again', () => {
  it('is not where asking again is pointless', () => {
    expect(retryDelayMs(failed(null), once, half)).toBeNull();
  });

  it('is not after three calls, nor after three tries that never reached the endpoint', () => {
    expect(retryDelayMs(failed({ afterMs: null }), { calls: 3, tries: 2 }, half)).toBeNull();
    expect(retryDelayMs(failed({ afterMs: null }), { calls: 0, tries: 3 }, half)).toBeNull();
  });

  it('waits as long as the endpoint asks, and gives up where that is longer than 30 s', () => {
    expect(retryDelayMs(failed({ afterMs: 0 }), once, half)).toBe(0);
    expect(retryDelayMs(failed({ afterMs: 30_000 }), once, half)).toBe(30_000);
    expect(retryDelayMs(failed({ afterMs: 30_001 }), once, half)).toBeNull();
    expect(retryDelayMs(failed({ afterMs: 315_360_000_000 }), once, half)).toBeNull();
  });

  it('backs off twice as long the second time, and longer after a rate limit', () => {
    expect(retryDelayMs(failed({ afterMs: null }), once, half)).toBe(250);
    expect(retryDelayMs(failed({ afterMs: null }), { calls: 2, tries: 2 }, half)).toBe(500);
    expect(retryDelayMs(failed({ afterMs: null }, 'rate_limited'), once, half)).toBe(1_000);
  });

  it('never waits for a negative time or for more than 30 s', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const after = fc.option(fc.double({ min: -1e12, max: 1e12, noNaN: true }));
    const made = fc.record({ calls: fc.nat(4), tries: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(random, after, made, (share, afterMs, calls) => {
        const delay = retryDelayMs(failed({ afterMs }), calls, () => share);
        if (delay !== null) {
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(30_000);
        }
      }),
    );
  });
});
