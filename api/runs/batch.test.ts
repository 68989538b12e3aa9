import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcome } from '../../testing/outcome.js';
import { ERROR_TYPES, type ErrorType, FATAL_ERROR_TYPES } from '../contract/errors.js';
import type { Row } from '../contract/row.js';
import type { CallOutcome, Complete } from '../results/call.js';
import { type BatchEnd, type BatchEvent, type Prompt, runBatch, type Stop } from './batch.js';

const RETRYABLE: readonly ErrorType[] = ['rate_limited', 'server_error', 'connection'];

const prompts = (count: number): Prompt[] =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, category: null, prompt: `prompt ${index + 1}` }));

/** An ending that is worth another call where its error is. */
function ending(type: ErrorType | null, over: Partial<CallOutcome> = {}): CallOutcome {
  const retry = type !== null && RETRYABLE.includes(type) ? { afterMs: null } : null;
  return outcome(type, { retry, ...over });
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** Time that passes only by turns of the event loop, and a record of what the batch did with it. */
function harness(script: (number: number, attempt: number) => CallOutcome | Promise<CallOutcome>) {
  const sending = new AbortController();
  const calls = new AbortController();
  let reason: ErrorType = 'cancelled';
  const seen = { inFlight: 0, most: 0, callsOf: new Map<number, number>(), sleeps: [] as number[], sentAfterStop: 0 };
  const stop: Stop = {
    sending: sending.signal,
    calls: calls.signal,
    error: () => ({ type: reason, message: 'Stopped.', httpStatus: null }),
  };
  const complete: Complete = async ({ prompt }, { signal, callsLeft }) => {
    const number = Number(prompt.split(' ')[1]);
    const attempt = (seen.callsOf.get(number) ?? 0) + 1;
    seen.callsOf.set(number, attempt);
    seen.inFlight += 1;
    seen.most = Math.max(seen.most, seen.inFlight);
    if (sending.signal.aborted) seen.sentAfterStop += 1;
    await turns(1 + ((number * 7 + attempt) % 3));
    const result = await script(number, attempt);
    seen.inFlight -= 1;
    const ended = signal.aborted ? ending('cancelled') : result;
    return { ...ended, calls: Math.min(ended.calls, callsLeft) };
  };
  return {
    seen,
    stopWith(type: ErrorType, hard: boolean) {
      reason = type;
      sending.abort();
      if (hard) calls.abort();
    },
    async run(count: number, concurrency: number, onStep: (events: BatchEvent[]) => void | Promise<void> = () => {}) {
      const steps = runBatch(prompts(count), {
        concurrency,
        request: { systemPrompt: null, maxTokens: 100, temperature: null },
        complete,
        stop,
        clock: () => new Date(0),
        sleep: async (ms) => {
          seen.sleeps.push(ms);
          await turns(2);
        },
        random: () => 0.5,
      });
      const events: BatchEvent[] = [];
      for (;;) {
        const { done, value } = await steps.next();
        if (done) return summary(events, value);
        events.push(...value);
        await onStep(value);
      }
    },
  };
}

function summary(events: BatchEvent[], end: BatchEnd) {
  const rows = events.flatMap((event): Row[] => (event.type === 'prompt.finished' ? [event.row] : []));
  const started = events.flatMap((event) => (event.type === 'prompt.started' ? [event.number] : []));
  const waiting = events.filter((event) => event.type === 'prompt.waiting');
  return { events, rows, started, waiting, end, statuses: rows.map((row) => row.status) };
}

const numbersOf = (rows: { number: number }[]) => rows.map((row) => row.number).sort((a, b) => a - b);

describe('a batch', () => {
  it('sends prompts in order, as many at once as asked for', async () => {
    const { run, seen } = harness(() => ending(null));
    const { started, rows, end } = await run(10, 4);
    expect(started).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(numbersOf(rows)).toEqual(started);
    expect(end).toEqual({ unsent: [], error: null, stopped: false });
    expect(seen.most).toBe(4);
  });

  it('sends a prompt only after the step that announces it has been taken in', async () => {
    const { run, seen } = harness(() => ending(null));
    await run(6, 3, async (events) => {
      await turns(5);
      for (const event of events) {
        if (event.type === 'prompt.started') expect(seen.callsOf.has(event.number)).toBe(false);
      }
    });
  });

  it('asks again after a passing failure, and counts the calls', async () => {
    const { run, seen } = harness((_, attempt) => (attempt < 3 ? ending('server_error') : ending(null)));
    const { rows, started, waiting } = await run(1, 1);
    expect(rows).toMatchObject([{ status: 'ok', attempts: 3 }]);
    expect(waiting).toEqual([
      { type: 'prompt.waiting', number: 1, until: '1970-01-01T00:00:00.250Z' },
      { type: 'prompt.waiting', number: 1, until: '1970-01-01T00:00:00.500Z' },
    ]);
    expect(started).toEqual([1]);
    expect(seen.sleeps).toEqual([250, 500]);
  });

  it('gives up after three calls, adaptations included', async () => {
    const { run, seen } = harness(() => ending('server_error', { calls: 2 }));
    const { rows } = await run(1, 1);
    expect(rows).toMatchObject([{ status: 'error', attempts: 3, error: { type: 'server_error' } }]);
    expect(seen.callsOf.get(1)).toBe(2);
  });

  it('asks one at a time once the endpoint has said that it is asked too often', async () => {
    const { run, seen } = harness((number, attempt) =>
      number <= 4 && attempt === 1 ? ending('rate_limited', { retry: { afterMs: 1_000 } }) : ending(null),
    );
    const counts: number[] = [];
    const { statuses } = await run(4, 4, () => void counts.push(seen.inFlight));
    expect(statuses).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(seen.sleeps).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(counts.at(-1)).toBeLessThanOrEqual(1);
  });

  it('asks again in time, whatever call hangs from before the endpoint was asked too often', async () => {
    let askedAgain = () => {};
    const again = new Promise<void>((resolve) => {
      askedAgain = resolve;
    });
    const { run, seen } = harness(async (number, attempt) => {
      if (number === 1) await again;
      if (number === 2 && attempt === 1) return ending('rate_limited', { retry: { afterMs: 1_000 } });
      if (number === 2) askedAgain();
      return ending(null);
    });
    const { rows } = await run(4, 2);
    expect(rows[0]).toMatchObject({ number: 2, status: 'ok', attempts: 2 });
    expect(rows).toHaveLength(4);
    expect(seen.most).toBe(2);
  });

  it.each(FATAL_ERROR_TYPES)('stops sending after %s, which would meet every prompt', async (type) => {
    const { run } = harness((number) => (number === 3 ? ending(type) : ending(null)));
    const { end, rows } = await run(20, 2);
    expect(end.error).toMatchObject({ type });
    expect(end.unsent.length).toBeGreaterThan(14);
    expect(numbersOf([...rows, ...end.unsent])).toEqual(numbersOf(prompts(20)));
  });

  it('does not leave a prompt waiting to be asked again when an error has ended the run', async () => {
    const { run } = harness((number) => (number === 1 ? ending('server_error') : ending('auth')));
    const { rows } = await run(5, 2);
    expect(rows.find((row) => row.number === 1)).toMatchObject({ status: 'error', error: { type: 'server_error' } });
  });

  it('keeps what has finished when it is cancelled, and marks what it cuts off', async () => {
    const test = harness(() => ending(null));
    const { rows, end } = await test.run(10, 2, (events) => {
      if (events.some((event) => event.type === 'prompt.finished')) test.stopWith('cancelled', true);
    });
    expect(rows.some((row) => row.status === 'ok')).toBe(true);
    expect(rows.filter((row) => row.status === 'cancelled').every((row) => row.error?.type === 'cancelled')).toBe(true);
    expect(end.error?.type).toBe('cancelled');
    expect(rows.length + end.unsent.length).toBe(10);
  });

  it('lets calls in flight finish when it is only told to send no more', async () => {
    const test = harness(() => ending(null));
    const { statuses, end } = await test.run(10, 3, (events) => {
      if (events.some(({ type }) => type === 'prompt.finished')) test.stopWith('interrupted', false);
    });
    expect(statuses.filter((status) => status === 'ok')).toHaveLength(3);
    expect(end.unsent.length).toBeGreaterThanOrEqual(6);
  });

  it('sends nothing that was announced when the end came meanwhile', async () => {
    const test = harness(() => ending(null));
    const { rows, end } = await test.run(3, 2, () => test.stopWith('interrupted', true));
    expect(rows.map(({ status, attempts, error }) => [status, attempts, error?.type])).toEqual([
      ['cancelled', 0, 'interrupted'],
      ['cancelled', 0, 'interrupted'],
    ]);
    expect(end).toMatchObject({ stopped: true, unsent: [{ number: 3 }] });
    expect(test.seen.callsOf.size).toBe(0);
  });

  it('fails, and does not hang or take the process down, when a call breaks its promise not to throw', async () => {
    const { run } = harness(() => Promise.reject(new Error('a defect')));
    await expect(run(3, 2, () => turns(5))).rejects.toThrow('a defect');
  });

  it('holds its promises under any schedule of faults, stops and slow storage', async () => {
    const types = fc.constantFrom(null, null, ...ERROR_TYPES.filter((type) => type !== 'cancelled'));
    const stops = fc.option(
      fc.record({
        step: fc.nat(12),
        hard: fc.boolean(),
        type: fc.constantFrom<ErrorType>('cancelled', 'interrupted'),
      }),
    );
    const schedule = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      concurrency: fc.integer({ min: 1, max: 10 }),
      faults: fc.array(fc.record({ type: types, calls: fc.integer({ min: 0, max: 2 }) }), {
        minLength: 1,
        maxLength: 30,
      }),
      slowness: fc.nat(4),
      stop: stops,
    });
    await fc.assert(
      fc.asyncProperty(schedule, async ({ count, concurrency, faults, slowness, stop }) => {
        const test = harness((number, attempt) => {
          const { type, calls } = faults[(number * 3 + attempt) % faults.length]!;
          return ending(type, { calls: type === null ? Math.max(1, calls) : calls });
        });
        let step = 0;
        const { rows, started, end, events } = await test.run(count, concurrency, async () => {
          await turns(slowness);
          if (stop && step === stop.step) test.stopWith(stop.type, stop.hard);
          step += 1;
        });
        expect(numbersOf([...rows, ...end.unsent])).toEqual(numbersOf(prompts(count)));
        expect(new Set(started).size).toBe(started.length);
        expect(numbersOf(rows)).toEqual([...started].sort((a, b) => a - b));
        expect(test.seen.most).toBeLessThanOrEqual(concurrency);
        expect(test.seen.sentAfterStop).toBe(0);
        for (const row of rows) expect(row.attempts).toBeLessThanOrEqual(3);
        for (const tries of test.seen.callsOf.values()) expect(tries).toBeLessThanOrEqual(3);
        if (end.unsent.length > 0) expect(end.error).not.toBeNull();
        for (const row of rows) {
          const startedAt = events.findIndex((event) => event.type === 'prompt.started' && event.number === row.number);
          const finishedAt = events.findIndex((event) => event.type === 'prompt.finished' && event.row === row);
          expect(startedAt).toBeLessThan(finishedAt);
        }
      }),
      { numRuns: 150 },
    );
  });
});
