import { FATAL_ERROR_TYPES } from '../contract/errors.js';
import { LIMITS } from '../contract/limits.js';
import type { Row, RowError } from '../contract/row.js';
import type { CallOutcome, CallRequest, Complete } from '../results/call.js';
import { toRow } from '../results/row.js';
import { isRateLimited, retryDelayMs } from './retry.js';

export interface Prompt {
  number: number;
  category: string | null;
  prompt: string;
}

export type BatchEvent =
  | { type: 'prompt.started'; number: number }
  | { type: 'prompt.waiting'; number: number; until: string }
  | { type: 'prompt.finished'; row: Row };

/** How a batch is told to end before its last prompt. */
export interface Stop {
  /** Aborted: nothing more is sent; calls in flight may still finish. */
  sending: AbortSignal;
  /** Aborted: the calls in flight end, too. */
  calls: AbortSignal;
  /** What the prompts that this cuts off are marked with. */
  error(): RowError;
}

export interface BatchOptions {
  /** Most calls in flight at once. */
  concurrency: number;
  request: Omit<CallRequest, 'prompt'>;
  complete: Complete;
  stop: Stop;
  clock(): Date;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 (included) to 1 (excluded). */
  random(): number;
}

export interface BatchEnd {
  /** The prompts that were never sent. */
  unsent: Prompt[];
  /** Why they were not: an error that would have met each of them, or the stop. */
  error: RowError | null;
  /** Whether the stop kept a prompt from its end. */
  stopped: boolean;
}

/**
 * Runs the prompts. Each step yields what finished or backs off, and what starts in its place; a prompt is sent only when the step
 * that announces it has been taken in, so that whoever stores the steps has stored it first. Every prompt that was
 * announced is finished once, whatever happens; the others are returned.
 */
export async function* runBatch(
  prompts: readonly Prompt[],
  options: BatchOptions,
): AsyncGenerator<BatchEvent[], BatchEnd> {
  const batch = new Batch(prompts, options);
  for (;;) {
    batch.endWaitingIfOver();
    const news = batch.takeNews();
    const next = batch.takeNext();
    const events = [...news, ...next.flatMap(announcement)];
    if (events.length > 0) yield events;
    for (const job of next) batch.send(job);
    if (events.length > 0 || next.length > 0) continue;
    if (batch.isIdle()) return batch.end();
    await batch.change();
  }
}

interface Job {
  prompt: Prompt;
  calls: number;
  tries: number;
  startedAt: Date;
  /** How the latest try ended. */
  outcome: CallOutcome | null;
}

const NOT_SENT: CallOutcome = {
  status: 'cancelled',
  text: null,
  finishReason: null,
  usage: { inputTokens: null, outputTokens: null, totalTokens: null },
  latencyMs: null,
  firstTokenMs: null,
  error: null,
  calls: 0,
  retry: null,
};

function announcement(job: Job): BatchEvent[] {
  return job.tries === 0 ? [{ type: 'prompt.started', number: job.prompt.number }] : [];
}

class Batch {
  readonly #options: BatchOptions;
  readonly #unsent: Prompt[];
  readonly #inFlight = new Map<Job, Promise<void>>();
  /** Of these, the ones that were sent before the limit fell: what waits need not wait for them. */
  #sentBefore = new Set<Job>();
  readonly #backingOff = new Map<Job, Promise<void>>();
  /** Backed off long enough, or kept from being sent. */
  readonly #again: Job[] = [];
  /** What the next step tells. */
  readonly #news: BatchEvent[] = [];
  #limit: number;
  #fatal: RowError | null = null;
  #cutOff = false;

  constructor(prompts: readonly Prompt[], options: BatchOptions) {
    this.#options = options;
    this.#unsent = [...prompts];
    this.#limit = options.concurrency;
  }

  takeNews(): BatchEvent[] {
    return this.#news.splice(0);
  }

  /** The jobs that may be sent now: first those that have been waiting to be asked again. */
  takeNext(): Job[] {
    const next: Job[] = [];
    while (!this.#isOver() && this.#hasRoomAfter(next.length)) {
      const job = this.#again.shift() ?? this.#newJob(next.length);
      if (!job) break;
      next.push(job);
    }
    return next;
  }

  #hasRoomAfter(taken: number): boolean {
    const inFlight = this.#inFlight.size + taken;
    return inFlight < this.#options.concurrency && inFlight - this.#sentBefore.size < this.#limit;
  }

  /** A prompt that is backing off keeps its place: an endpoint in trouble is not sent others meanwhile. */
  #newJob(taken: number): Job | null {
    if (this.#inFlight.size + this.#backingOff.size + taken >= this.#limit) return null;
    const prompt = this.#unsent.shift();
    return prompt ? { prompt, calls: 0, tries: 0, startedAt: this.#options.clock(), outcome: null } : null;
  }

  /** The batch may have ended while the step was taken in: then the job joins those that wait, and ends with them. */
  send(job: Job): void {
    if (this.#isOver()) {
      this.#again.push(job);
      return;
    }
    const call = this.#call(job);
    // A call that breaks its promise never to throw fails the batch where it is awaited, not the process.
    call.catch(() => {});
    this.#inFlight.set(job, call);
  }

  async #call(job: Job): Promise<void> {
    const { complete, request, stop, random } = this.#options;
    const callsLeft = LIMITS.attempts - job.calls;
    const outcome = await complete({ ...request, prompt: job.prompt.prompt }, { signal: stop.calls, callsLeft });
    job.outcome = outcome;
    job.calls += outcome.calls;
    job.tries += 1;
    this.#inFlight.delete(job);
    this.#sentBefore.delete(job);
    this.#learnFrom(outcome);
    const delayMs = retryDelayMs(outcome, job, random);
    if (delayMs === null) this.#finish(job, outcome);
    else this.#backingOff.set(job, this.#backOff(job, delayMs));
  }

  async #backOff(job: Job, delayMs: number): Promise<void> {
    const { clock, sleep, stop } = this.#options;
    const until = new Date(clock().getTime() + delayMs).toISOString();
    this.#news.push({ type: 'prompt.waiting', number: job.prompt.number, until });
    await sleep(delayMs, stop.sending);
    if (this.#backingOff.delete(job)) this.#again.push(job);
  }

  /** A rate limit brings the concurrency down to one; each answer raises it again. */
  #learnFrom(outcome: CallOutcome): void {
    if (isRateLimited(outcome)) this.#lowerLimit();
    if (outcome.status === 'ok') this.#limit = Math.min(this.#limit + 1, this.#options.concurrency);
    if (outcome.error && FATAL_ERROR_TYPES.includes(outcome.error.type)) this.#fatal ??= outcome.error;
  }

  #lowerLimit(): void {
    if (this.#limit > 1) this.#sentBefore = new Set(this.#inFlight.keys());
    this.#limit = 1;
  }

  #finish(job: Job, outcome: CallOutcome): void {
    const { stop, request, clock } = this.#options;
    const cutOff = outcome.status === 'cancelled' && stop.sending.aborted;
    this.#cutOff ||= cutOff;
    const row = toRow({
      ...job.prompt,
      maxTokens: request.maxTokens,
      outcome: cutOff ? { ...outcome, error: stop.error() } : outcome,
      attempts: job.calls,
      startedAt: job.startedAt.toISOString(),
      finishedAt: clock().toISOString(),
    });
    this.#news.push({ type: 'prompt.finished', row });
  }

  /** Once nothing more is sent, whoever waits to be asked again stays with the last outcome, or with the stop. */
  endWaitingIfOver(): void {
    if (!this.#isOver()) return;
    const waiting = [...this.#backingOff.keys(), ...this.#again.splice(0)];
    this.#backingOff.clear();
    for (const job of waiting) this.#finish(job, this.#outcomeOfWaiting(job));
  }

  #outcomeOfWaiting(job: Job): CallOutcome {
    const last = job.outcome ?? { ...NOT_SENT, error: this.#fatal };
    return this.#options.stop.sending.aborted ? { ...last, status: 'cancelled' } : last;
  }

  #isOver(): boolean {
    return this.#fatal !== null || this.#options.stop.sending.aborted;
  }

  isIdle(): boolean {
    return this.#inFlight.size === 0 && this.#backingOff.size === 0;
  }

  async change(): Promise<void> {
    await Promise.race([...this.#inFlight.values(), ...this.#backingOff.values()]);
  }

  end(): BatchEnd {
    const { stop } = this.#options;
    const error = this.#fatal ?? (stop.sending.aborted ? stop.error() : null);
    const stopped = stop.sending.aborted && (this.#cutOff || (this.#fatal === null && this.#unsent.length > 0));
    return { unsent: this.#unsent, error, stopped };
  }
}
