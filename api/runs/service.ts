import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../contract/row.js';
import type { BatchTestRequest, Suite } from '../contract/session.js';
import type { RunEvent } from '../contract/socket.js';
import type { Database, Tx } from '../database/database.js';
import type { EventBus } from '../events/bus.js';
import { type AuthenticatedSession, SESSION_INVALID } from '../http/authenticate.js';
import { ProblemError } from '../http/problem.js';
import type { Complete } from '../results/call.js';
import type { Credentials, OpenCredentials } from '../sessions/sessions.js';
import { ActiveRun, type Log, stopError } from './active-run.js';
import type { BatchOptions } from './batch.js';
import { type Followed, follow, inTurns } from './follow.js';
import { append, eventsAfter } from './journal.js';
import { Ledger, RunLost, type RunState } from './ledger.js';
import { planRun, type RunPlan } from './plan.js';
import * as store from './store.js';

/** A run whose server has not renewed its lease for so long is taken to be dead. */
const LEASE_MS = 20_000;
const BEAT_MS = 5_000;
/** How long an interrupted run leaves its key, so that the page can resume it. */
const KEY_KEPT_MS = 60_000;
/** How long calls in flight get when the server is told to stop. */
const DRAIN_MS = 25_000;

export interface RunsOptions {
  database: Pick<Database, 'prisma' | 'embedded'>;
  events: EventBus;
  credentials: Credentials;
  /** Opens the way to a visitor's model. */
  connect(credentials: OpenCredentials): { complete: Complete; close(): Promise<void> };
  suites: readonly Suite[];
  promptsPerSession: number;
  onRunEnd(tx: Tx, sessionId: string, run: Run): Promise<void>;
  log: Log;
  sleep?: BatchOptions['sleep'];
}

export type SessionKey = Pick<AuthenticatedSession, 'sessionId' | 'token'>;

/** The runs of all sessions, as one API instance sees them. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #ledger: Ledger;
  readonly #lease: store.Lease = { owner: randomUUID(), ms: LEASE_MS };
  /** The runs that this instance has, by session: one at a time each. */
  readonly #active = new Map<string, ActiveRun>();
  #heartbeat: NodeJS.Timeout | undefined;
  #draining = false;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#ledger = new Ledger({ ...options, prisma: options.database.prisma });
  }

  /**
   * Reserves the prompts and starts a run, which then goes on by itself.
   *
   * @throws {ProblemError} `invalid_request`, `not_found`, `run_in_progress`, `credentials_deleted`, `prompt_limit`,
   *   `session_invalid`, `busy`
   */
  async start(session: SessionKey, request: BatchTestRequest): Promise<Run> {
    const { suites } = this.#options;
    if (this.#draining) {
      throw new ProblemError('busy', 'This server is restarting. Try again in a moment.', { retryAfterSeconds: 5 });
    }
    const earlier = request.resume ? await store.findEarlierRun(this.#prisma, session.sessionId, request.resume) : null;
    const plan = planRun(request, suites, earlier);
    const { run, credentials } = await this.#reserve(session, plan);
    this.#take({ sessionId: session.sessionId, runId: run.runId }, plan, credentials);
    return run;
  }

  /** Stores the run, and opens the key that it is to use: both under the lock that replacing the model takes, too. */
  async #reserve({ sessionId, token }: SessionKey, plan: RunPlan): Promise<{ run: Run; credentials: OpenCredentials }> {
    let reserved: { run: Run; credentials: OpenCredentials } | null = null;
    await this.#ledger
      .write(sessionId, async (tx, session) => {
        await this.#requireFreeSession(tx, session, plan);
        const credentials = await this.#options.credentials.openWithin(tx, sessionId, token);
        if (!credentials) {
          throw new ProblemError('credentials_deleted', 'The API key has been deleted. Enter it again to run more.');
        }
        const run = await store.createRun(tx, session, plan, credentials, this.#lease);
        reserved = { run, credentials };
        return append(tx, { sessionId, runId: run.runId, at: session.now }, [{ type: 'run.started', run }]);
      })
      .catch(toProblem);
    return reserved!;
  }

  async #requireFreeSession(tx: Tx, session: store.LockedSession, plan: RunPlan): Promise<void> {
    if (await store.hasRunGoing(tx, session.sessionId)) {
      throw new ProblemError('run_in_progress', 'A batch test is already running. Wait for its end, or cancel it.');
    }
    const promptsLeft = Math.max(0, this.#options.promptsPerSession - session.promptsUsed);
    if (plan.prompts.length > promptsLeft) {
      const detail = `This run has ${plan.prompts.length} prompts, and the session has ${promptsLeft} left.`;
      throw new ProblemError('prompt_limit', detail, { promptsLeft });
    }
  }

  #take(key: store.RunKey, plan: RunPlan, credentials: OpenCredentials): void {
    const { connect, events, log, sleep = sleepUnlessAborted } = this.#options;
    const run = new ActiveRun({
      key,
      plan,
      owner: this.#lease.owner,
      ledger: this.#ledger,
      events,
      connect: () => connect(credentials),
      renewLease: () => store.renewLease(this.#prisma, key.runId, this.#lease),
      renewEveryMs: BEAT_MS,
      sleep,
      log,
    });
    this.#active.set(key.sessionId, run);
    if (this.#draining) run.stopSending('interrupted');
    void run.ended.then(() => {
      if (this.#active.get(key.sessionId) === run) this.#active.delete(key.sessionId);
    });
  }

  /** Ends a run, wherever it runs; what has finished is kept. A run that is over stays as it is. */
  async cancel(session: Pick<SessionKey, 'sessionId'>, runId: string): Promise<Run> {
    const active = this.#active.get(session.sessionId);
    if (active?.key.runId === runId) {
      active.stop('cancelled');
      await active.ended;
    }
    const run = await this.get(session, runId);
    if (run.finishedAt !== null) return run;
    const ending = { status: 'cancelled', error: stopError('cancelled') } as const;
    await this.#ledger.end({ sessionId: session.sessionId, runId }, ending).catch(toProblem);
    return this.get(session, runId);
  }

  /** @throws {ProblemError} `not_found` */
  async get({ sessionId }: Pick<SessionKey, 'sessionId'>, runId: string): Promise<Run> {
    const run = await store.findRun(this.#prisma, sessionId, runId);
    if (!run) throw new ProblemError('not_found', 'This session has no such run.');
    return run;
  }

  latest({ sessionId }: Pick<SessionKey, 'sessionId'>): Promise<Run | null> {
    return store.findLatestRun(this.#prisma, sessionId);
  }

  /** The event that ended a run; null while it goes on. */
  async finish({ sessionId }: Pick<SessionKey, 'sessionId'>, runId: string): Promise<RunEvent | null> {
    const events = await eventsAfter(this.#prisma, { sessionId, seq: 0, runId });
    return events.find(({ type }) => type === 'run.finished') ?? null;
  }

  /** All run events after `after`, each once and in order; see `follow`. */
  follow(sessionId: string, after: number, signal: AbortSignal): AsyncGenerator<Followed | null> {
    const readLog = (seq: number) => eventsAfter(this.#prisma, { sessionId, seq });
    return follow({ bus: this.#options.events, sessionId, after, readLog, signal });
  }

  /** The events of one run after `after`, up to its `run.finished`. Yields null after each silence. */
  async *followRun(run: Run, sessionId: string, after: number, signal: AbortSignal): AsyncGenerator<RunEvent | null> {
    let seq = after;
    const logged = await eventsAfter(this.#prisma, { sessionId, seq: after, runId: run.runId });
    for await (const event of inTurns(logged)) {
      yield event;
      if (event.type === 'run.finished') return;
      seq = event.seq;
    }
    if (run.finishedAt !== null) return;
    for await (const event of this.follow(sessionId, seq, signal)) {
      if (event?.type === 'session.ended') return;
      yield event;
      if (event?.type === 'run.finished') return;
    }
  }

  /** Stops the session's run at once and writes nothing more: for a session that is being deleted. */
  async abort(sessionId: string): Promise<void> {
    const active = this.#active.get(sessionId);
    active?.abandon();
    await active?.ended;
  }

  /** Interrupts the runs that died with their server, and from now on looks after such runs. Call once, at the start. */
  async recover(): Promise<void> {
    if (this.#options.database.embedded) await store.endAllLeases(this.#prisma);
    await this.sweep();
    this.#heartbeat = setInterval(() => void this.#beat(), BEAT_MS);
    this.#heartbeat.unref();
  }

  async #beat(): Promise<void> {
    await this.sweep().catch((error) => this.#options.log.warn({ err: error }, 'could not look after runs'));
  }

  /** Interrupts runs whose server is not heard of, and deletes the keys that interrupted runs left for too long. */
  async sweep(): Promise<void> {
    const ending = { status: 'interrupted', error: stopError('interrupted') } as const;
    for (const key of await store.findAbandonedRuns(this.#prisma)) {
      if (!this.#active.has(key.sessionId)) await this.#ledger.end(key, ending, leaseIsOver).catch(ignoreLost);
    }
    for (const key of await store.findForgottenKeys(this.#prisma, KEY_KEPT_MS)) {
      await this.#ledger.forgetKey(key, KEY_KEPT_MS).catch(ignoreLost);
    }
  }

  /** Takes no more runs; calls in flight may finish within the grace, then all runs here are interrupted. */
  async drain(graceMs = DRAIN_MS): Promise<void> {
    this.#draining = true;
    clearInterval(this.#heartbeat);
    const active = [...this.#active.values()];
    const allEnded = Promise.all(active.map((run) => run.ended));
    for (const run of active) run.stopSending('interrupted');
    const grace = new AbortController();
    await Promise.race([allEnded, sleepUnlessAborted(graceMs, grace.signal)]);
    grace.abort();
    for (const run of active) run.stop('interrupted');
    await allEnded;
  }

  get #prisma() {
    return this.#options.database.prisma;
  }
}

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}

function leaseIsOver(run: RunState, now: Date): boolean {
  return run.leaseUntil !== null && run.leaseUntil < now;
}

/** A session that ended in the meantime has taken its runs along. */
function ignoreLost(error: unknown): void {
  if (!(error instanceof RunLost)) throw error;
}

function toProblem(error: unknown): never {
  if (error instanceof RunLost) throw new ProblemError('session_invalid', SESSION_INVALID);
  throw error;
}
