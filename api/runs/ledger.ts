import type { RowError, Run } from '../contract/row.js';
import type { NewRunEvent, RunEvent } from '../contract/socket.js';
import type { PrismaClient, Tx } from '../database/database.js';
import type { EventBus } from '../events/bus.js';
import { unsentRow } from '../results/row.js';
import type { Credentials } from '../sessions/sessions.js';
import type { BatchEvent, Prompt } from './batch.js';
import { append, tellsWaiting } from './journal.js';
import {
  closeRun,
  findForgottenKeys,
  type LockedSession,
  lockSession,
  markStarted,
  ownsRun,
  type RunKey,
  runWithin,
  saveRow,
} from './store.js';

/** The run is no longer this instance's to write: its session has ended, or someone else has ended it. */
export class RunLost extends Error {
  override name = 'RunLost';
}

export interface Ending {
  status: 'completed' | 'cancelled' | 'interrupted';
  /** What prompts without an end are marked with. */
  error: RowError;
}

export type RunState = NonNullable<Awaited<ReturnType<typeof runWithin>>>;

type MayEnd = (run: RunState, now: Date) => boolean;

export interface LedgerOptions {
  prisma: PrismaClient;
  events: EventBus;
  credentials: Pick<Credentials, 'deleteWithin'>;
  /** Whatever else belongs to the end of a run, in its transaction. */
  onRunEnd(tx: Tx, sessionId: string, run: Run): Promise<void>;
}

/** Everything that is written of a run: in one transaction with the events that tell it, then told. */
export class Ledger {
  readonly #options: LedgerOptions;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /**
   * Writes and tells one step of a run. Safe to repeat after a commit whose answer was lost: what is written already is
   * not written again, and followers are sent to the log.
   *
   * @throws {RunLost}
   */
  async record({ sessionId, runId }: RunKey, owner: string, step: readonly BatchEvent[]): Promise<void> {
    await this.write(sessionId, async (tx, session) => {
      if (!(await ownsRun(tx, runId, owner))) throw new RunLost();
      const news: BatchEvent[] = [];
      for (const event of step) if (await writeEvent(tx, runId, event, session.now)) news.push(event);
      return news.length === 0 ? [] : append(tx, { sessionId, runId, at: session.now }, news);
    });
  }

  /**
   * Ends a run: marks what has no end, gives unsent prompts back, and deletes the key unless the run may be resumed.
   * Does nothing where the run has ended already, or `mayEnd` refuses.
   */
  async end({ sessionId, runId }: RunKey, ending: Ending, mayEnd: MayEnd = () => true): Promise<void> {
    await this.write(sessionId, async (tx, session) => {
      const run = await runWithin(tx, runId);
      if (!run || run.finishedAt !== null || !mayEnd(run, session.now)) return [];
      for (const result of run.results) await saveRow(tx, runId, cutOffRow(result, ending.error, session.now));
      const ended = await closeRun(tx, session, runId, ending.status);
      await this.#options.onRunEnd(tx, sessionId, ended);
      const keyEvents = ending.status === 'interrupted' ? [] : await this.#deleteKey(tx, sessionId);
      return append(tx, { sessionId, runId, at: session.now }, [{ type: 'run.finished', run: ended }, ...keyEvents]);
    });
  }

  /** Deletes the key that an interrupted run left for its resumption. */
  async forgetKey({ sessionId, runId }: RunKey, keptMs: number): Promise<void> {
    await this.write(sessionId, async (tx, session) => {
      const stillForgotten = (await findForgottenKeys(tx, keptMs)).some((key) => key.runId === runId);
      if (!stillForgotten) return [];
      const keyEvents = await this.#deleteKey(tx, sessionId);
      return keyEvents.length === 0 ? [] : append(tx, { sessionId, runId, at: session.now }, keyEvents);
    });
  }

  /** @throws {RunLost} where the session has ended */
  async write(
    sessionId: string,
    work: (tx: Tx, session: LockedSession) => Promise<readonly RunEvent[]>,
  ): Promise<void> {
    const { prisma, events } = this.#options;
    const messages = await prisma.$transaction(async (tx) => {
      const session = await lockSession(tx, sessionId);
      if (!session) throw new RunLost();
      const written = await work(tx, session);
      return written.length > 0 ? written : [{ type: 'log.grown', seq: session.lastSeq } as const];
    });
    events.publish(sessionId, messages);
  }

  async #deleteKey(tx: Tx, sessionId: string): Promise<NewRunEvent[]> {
    const deletedAt = await this.#options.credentials.deleteWithin(tx, sessionId);
    return deletedAt ? [{ type: 'credentials.deleted', deletedAt: deletedAt.toISOString() }] : [];
  }
}

/** Returns whether it was not written before. */
async function writeEvent(tx: Tx, runId: string, event: BatchEvent, now: Date): Promise<boolean> {
  switch (event.type) {
    case 'prompt.started':
      return markStarted(tx, runId, event.number, now);
    case 'prompt.waiting':
      return !(await tellsWaiting(tx, runId, event));
    case 'prompt.finished':
      return saveRow(tx, runId, event.row);
  }
}

/** A prompt whose server died while it was being asked keeps its start, and the one call that may have been made. */
function cutOffRow(result: Prompt & { startedAt: Date | null; attempts: number }, error: RowError, now: Date) {
  const row = unsentRow({
    number: result.number,
    category: result.category,
    prompt: result.prompt,
    error,
    finishedAt: null,
  });
  if (result.startedAt === null) return row;
  return {
    ...row,
    attempts: result.attempts,
    startedAt: result.startedAt.toISOString(),
    finishedAt: now.toISOString(),
  };
}
