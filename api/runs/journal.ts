import type { Run } from '../contract/row.js';
import type { NewRunEvent, RunEvent } from '../contract/socket.js';
import type { PrismaClient, Tx } from '../database/database.js';
import { atItsStart, toRun } from './record.js';

type Waiting = Extract<NewRunEvent, { type: 'prompt.waiting' }>;

/**
 * Numbers the events and logs them, in the transaction of what they tell: neither is ever there without the other.
 * The session's row is locked from here on, so the log's order is the order of the commits.
 */
export async function append(
  tx: Tx,
  { sessionId, runId, at }: { sessionId: string; runId: string; at: Date },
  events: readonly NewRunEvent[],
): Promise<RunEvent[]> {
  const { lastSeq } = await tx.demoSession.update({
    where: { id: sessionId },
    data: { lastSeq: { increment: events.length } },
    select: { lastSeq: true },
  });
  const firstSeq = lastSeq - events.length + 1;
  const numbered = events.map((event, index): RunEvent => ({ ...event, seq: firstSeq + index }));
  await tx.demoRunEvent.createMany({
    data: numbered.map((event) => ({
      sessionId,
      runId,
      seq: event.seq,
      type: event.type,
      number: numberIn(event),
      at: timeIn(event) ?? at,
    })),
  });
  return numbered;
}

function numberIn(event: RunEvent): number | null {
  if (event.type === 'prompt.started' || event.type === 'prompt.waiting') return event.number;
  return event.type === 'prompt.finished' ? event.row.number : null;
}

/** The time that an event tells, where neither its run nor a row of it does. */
function timeIn(event: RunEvent): Date | null {
  if (event.type === 'prompt.waiting') return new Date(event.until);
  return event.type === 'credentials.deleted' ? new Date(event.deletedAt) : null;
}

/** Whether the log tells already that a prompt waits until then: no row says so. */
export async function tellsWaiting(tx: Tx, runId: string, { number, until }: Waiting): Promise<boolean> {
  const told = await tx.demoRunEvent.count({ where: { runId, type: 'prompt.waiting', number, at: new Date(until) } });
  return told > 0;
}

/** The events after `seq`, as they were sent; of one run, or of all of the session's. */
export async function eventsAfter(
  prisma: PrismaClient,
  { sessionId, seq, runId }: { sessionId: string; seq: number; runId?: string },
): Promise<RunEvent[]> {
  const entries = await prisma.demoRunEvent.findMany({
    where: { sessionId, seq: { gt: seq }, runId },
    orderBy: { seq: 'asc' },
  });
  if (entries.length === 0) return [];
  const records = await prisma.demoBatchTestRun.findMany({
    where: { id: { in: [...new Set(entries.map((entry) => entry.runId))] } },
    include: { results: { where: { status: { not: null } } } },
  });
  const runs = new Map(records.map((record) => [record.id, toRun(record)]));
  return entries.flatMap((entry) => {
    const run = runs.get(entry.runId);
    const event = run && rebuild(entry, run);
    return event ? [event] : [];
  });
}

interface Entry {
  seq: number;
  type: string;
  number: number | null;
  at: Date;
}

/** An event's payload never changes once it is logged, so what the database holds now is what was sent then. */
function rebuild({ seq, type, number, at }: Entry, run: Run): RunEvent | null {
  switch (type as RunEvent['type']) {
    case 'run.started':
      return { type: 'run.started', seq, run: atItsStart(run) };
    case 'prompt.started':
      return { type: 'prompt.started', seq, number: number! };
    case 'prompt.waiting':
      return { type: 'prompt.waiting', seq, number: number!, until: at.toISOString() };
    case 'prompt.finished': {
      const row = run.results.find((result) => result.number === number);
      return row ? { type: 'prompt.finished', seq, row } : null;
    }
    case 'run.finished':
      return { type: 'run.finished', seq, run };
    case 'credentials.deleted':
      return { type: 'credentials.deleted', seq, deletedAt: at.toISOString() };
  }
}
