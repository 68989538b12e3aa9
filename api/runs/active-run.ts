import type { ErrorType } from '../contract/errors.js';
import type { RowError } from '../contract/row.js';
import { isDatabaseAway } from '../database/away.js';
import type { EventBus } from '../events/bus.js';
import type { Complete } from '../results/call.js';
import { type BatchEnd, type BatchOptions, runBatch } from './batch.js';
import { type Ending, type Ledger, RunLost } from './ledger.js';
import type { RunPlan } from './plan.js';
import type { RunKey } from './store.js';

/** How long a database that has gone away is waited for. Calls in flight go on meanwhile; none is started. */
const STORAGE_PATIENCE_MS = 30_000;
/** What has happened is stored even where the run is being stopped. */
const NEVER = new AbortController().signal;

export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ActiveRunOptions {
  key: RunKey;
  plan: RunPlan;
  owner: string;
  ledger: Ledger;
  events: EventBus;
  /** Opens the way to the visitor's model; called once. */
  connect(): { complete: Complete; close(): Promise<void> };
  renewLease(): Promise<boolean>;
  renewEveryMs: number;
  sleep: BatchOptions['sleep'];
  log: Log;
}

type StopReason = Extract<ErrorType, 'cancelled' | 'interrupted'>;

const STOP_MESSAGES: Record<StopReason, string> = {
  cancelled: 'The run was cancelled before this prompt had its answer.',
  interrupted: 'Our server stopped before this prompt had its answer. Resume the run to ask it again.',
};

export function stopError(reason: StopReason): RowError {
  return { type: reason, message: STOP_MESSAGES[reason], httpStatus: null };
}

/** One run while this instance has it: from its first prompt to its end, with or without a visitor. */
export class ActiveRun {
  readonly key: RunKey;
  /** Resolves once the run has ended here. Never rejects. */
  readonly ended: Promise<void>;
  readonly #options: ActiveRunOptions;
  readonly #sending = new AbortController();
  readonly #calls = new AbortController();
  #reason: StopReason = 'interrupted';
  #abandoned = false;

  constructor(options: ActiveRunOptions) {
    this.#options = options;
    this.key = options.key;
    this.ended = this.#run();
  }

  /** Sends nothing more. Calls in flight may finish. */
  stopSending(reason: StopReason): void {
    if (!this.#sending.signal.aborted) this.#reason = reason;
    this.#sending.abort();
  }

  /** Ends the calls in flight, too. */
  stop(reason: StopReason): void {
    this.stopSending(reason);
    this.#calls.abort();
  }

  /** Ends everything and writes nothing more: the run belongs to somebody else now, or to nobody. */
  abandon(): void {
    this.#abandoned = true;
    this.stop('interrupted');
  }

  async #run(): Promise<void> {
    const { key, events, renewEveryMs, log } = this.#options;
    const renewal = setInterval(() => void this.#renew(), renewEveryMs);
    // Only others bring such news: another instance has ended the run, or the session is over.
    const unsubscribe = events.subscribe(key.sessionId, ({ type }) => {
      if (type === 'session.ended') this.abandon();
      if (type === 'log.grown') void this.#renew();
    });
    try {
      await this.#work();
    } catch (error) {
      if (!(error instanceof RunLost)) {
        log.error({ err: error, runId: key.runId }, 'a run failed');
        await this.#end({ status: 'interrupted', error: stopError('interrupted') }).catch(() => {});
      }
    } finally {
      clearInterval(renewal);
      unsubscribe();
      this.#calls.abort();
    }
  }

  async #work(): Promise<void> {
    const { complete, close } = this.#options.connect();
    try {
      await this.#end(toEnding(await this.#runBatch(complete), this.#reason));
    } finally {
      this.#calls.abort();
      await close();
    }
  }

  async #runBatch(complete: Complete): Promise<BatchEnd> {
    const { plan, sleep, ledger, key, owner } = this.#options;
    const steps = runBatch(plan.prompts, {
      concurrency: plan.concurrency,
      request: { systemPrompt: plan.systemPrompt, maxTokens: plan.maxTokens, temperature: plan.temperature },
      complete,
      stop: { sending: this.#sending.signal, calls: this.#calls.signal, error: () => stopError(this.#reason) },
      clock: () => new Date(),
      sleep,
      random: Math.random,
    });
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
      await this.#untilStored(() => ledger.record(key, owner, step.value));
    }
  }

  #end(ending: Ending): Promise<void> {
    const { ledger, key, owner } = this.#options;
    return this.#untilStored(() => ledger.end(key, ending, (run) => run.leaseOwner === owner));
  }

  /** Repeats a write that failed because the database was away. */
  async #untilStored(write: () => Promise<void>): Promise<void> {
    const { key, log, sleep } = this.#options;
    let pauseMs = 250;
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      if (this.#abandoned) throw new RunLost();
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseAway(error) || waitedMs >= STORAGE_PATIENCE_MS) throw error;
        log.warn({ err: error, runId: key.runId }, 'a step of a run could not be stored yet');
        await sleep(pauseMs, NEVER);
        pauseMs = Math.min(pauseMs * 2, 2_000);
      }
    }
  }

  async #renew(): Promise<void> {
    try {
      if (!(await this.#options.renewLease())) this.abandon();
    } catch (error) {
      this.#options.log.warn({ err: error, runId: this.key.runId }, 'the lease of a run could not be renewed yet');
    }
  }
}

function toEnding({ stopped, error }: BatchEnd, reason: StopReason): Ending {
  if (stopped) return { status: reason, error: stopError(reason) };
  return { status: 'completed', error: notSent(error) };
}

/** Only a run that an error has ended early has prompts left to mark. */
function notSent(error: RowError | null): RowError {
  if (error === null) return stopError('interrupted');
  return {
    ...error,
    message: `Not sent: an earlier prompt met an error that would meet this one, too. ${error.message}`,
  };
}
