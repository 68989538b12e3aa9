import type { Row, Run } from '../contract/row.js';
import type { PrismaClient, Tx } from '../database/database.js';
import type { EarlierRun, RunPlan } from './plan.js';
import { type RunRecord, toRecord, toRun } from './record.js';

/** Which API instance runs a run, and for how many milliseconds it is believed without being heard of. */
export interface Lease {
  owner: string;
  ms: number;
}

/** Every transaction on a session's runs takes this lock first: so they never wait for each other in a circle. */
export interface LockedSession {
  sessionId: string;
  promptsUsed: number;
  lastSeq: number;
  /** The database's clock, in the transaction, once the lock was had. */
  now: Date;
}

const WITH_FINISHED_ROWS = { results: { where: { status: { not: null } } } } as const;
const WITH_ALL_ROWS = { results: true } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Null once the session has ended or expired. */
export async function lockSession(tx: Tx, sessionId: string): Promise<LockedSession | null> {
  const [session] = await tx.$queryRaw<LockedSession[]>`
    SELECT id AS "sessionId", prompts_used AS "promptsUsed", last_seq AS "lastSeq", clock_timestamp() AS now
    FROM demo_sessions WHERE id = ${sessionId}::uuid AND expires_at > now() FOR UPDATE`;
  return session ?? null;
}

export async function hasRunGoing(tx: Tx, sessionId: string): Promise<boolean> {
  return (await tx.demoBatchTestRun.count({ where: { sessionId, status: { in: ['queued', 'running'] } } })) > 0;
}

/** Stores a run with all its prompts, and takes these from what the session has left. */
export async function createRun(
  tx: Tx,
  { sessionId, now }: LockedSession,
  { prompts, ...plan }: RunPlan,
  model: { endpointUrl: string; modelId: string },
  lease: Lease,
): Promise<Run> {
  await tx.demoSession.update({ where: { id: sessionId }, data: { promptsUsed: { increment: prompts.length } } });
  const record = await tx.demoBatchTestRun.create({
    data: {
      ...plan,
      sessionId,
      endpointUrl: model.endpointUrl,
      modelId: model.modelId,
      leaseOwner: lease.owner,
      leaseUntil: new Date(now.getTime() + lease.ms),
      status: 'running',
      total: prompts.length,
      createdAt: now,
      startedAt: now,
    },
  });
  await tx.demoBatchTestResult.createMany({ data: prompts.map((prompt) => ({ ...prompt, runId: record.id })) });
  return toRun({ ...record, results: [] });
}

export async function findRun(prisma: PrismaClient | Tx, sessionId: string, runId: string): Promise<Run | null> {
  if (!UUID.test(runId)) return null;
  const record = await prisma.demoBatchTestRun.findFirst({ where: { id: runId, sessionId }, include: WITH_ALL_ROWS });
  return record && withInFlight(prisma, record);
}

export async function findLatestRun(prisma: PrismaClient | Tx, sessionId: string): Promise<Run | null> {
  const record = await prisma.demoBatchTestRun.findFirst({
    where: { sessionId },
    orderBy: { createdAt: 'desc' },
    include: WITH_ALL_ROWS,
  });
  return record && withInFlight(prisma, record);
}

/** The run, and of prompts in flight the waits that the log tells: no row does. */
async function withInFlight(prisma: PrismaClient | Tx, record: RunRecord & { sessionId: string }): Promise<Run> {
  if (record.finishedAt !== null) return toRun(record);
  const waits = await prisma.demoRunEvent.groupBy({
    by: ['number'],
    where: { sessionId: record.sessionId, runId: record.id, type: 'prompt.waiting' },
    _max: { at: true },
  });
  return toRun(record, new Map(waits.map(({ number, _max }) => [number!, _max.at!])));
}

export async function findEarlierRun(
  prisma: PrismaClient,
  sessionId: string,
  runId: string,
): Promise<EarlierRun | null> {
  if (!UUID.test(runId)) return null;
  const record = await prisma.demoBatchTestRun.findFirst({
    where: { id: runId, sessionId },
    include: { results: { orderBy: { number: 'asc' } } },
  });
  if (!record) return null;
  return {
    ...record,
    isGoing: record.status === 'queued' || record.status === 'running',
    prompts: record.results.map(({ status, ...prompt }) => ({ ...prompt, unfinished: status === 'cancelled' })),
  };
}

/** False where it was marked before. The first call is counted now: should the server die, it may have been made. */
export async function markStarted(tx: Tx, runId: string, number: number, at: Date): Promise<boolean> {
  const { count } = await tx.demoBatchTestResult.updateMany({
    where: { runId, number, startedAt: null, status: null },
    data: { startedAt: at, attempts: 1 },
  });
  return count > 0;
}

/** False where the prompt has reached an end before: an end is written once. */
export async function saveRow(tx: Tx, runId: string, row: Row): Promise<boolean> {
  const { count } = await tx.demoBatchTestResult.updateMany({
    where: { runId, number: row.number, status: null },
    data: toRecord(row),
  });
  return count > 0;
}

/** Whether the run goes on, and is this owner's. Asked once the session is locked, so that it stays so. */
export async function ownsRun(tx: Tx, runId: string, owner: string): Promise<boolean> {
  return (await tx.demoBatchTestRun.count({ where: { id: runId, status: 'running', leaseOwner: owner } })) > 0;
}

/** A run inside the transaction that locked its session, with the prompts that have no end yet. */
export async function runWithin(tx: Tx, runId: string) {
  return tx.demoBatchTestRun.findUnique({
    where: { id: runId },
    include: { results: { where: { status: null }, orderBy: { number: 'asc' } } },
  });
}

export async function closeRun(
  tx: Tx,
  { sessionId, now }: LockedSession,
  runId: string,
  status: RunRecord['status'],
): Promise<Run> {
  const promptsBack = await tx.demoBatchTestResult.count({ where: { runId, attempts: 0 } });
  await tx.demoSession.update({ where: { id: sessionId }, data: { promptsUsed: { decrement: promptsBack } } });
  const record = await tx.demoBatchTestRun.update({
    where: { id: runId },
    data: { status, finishedAt: now, leaseOwner: null, leaseUntil: null },
    include: WITH_FINISHED_ROWS,
  });
  return toRun(record);
}

/** Renews the lease by the database's clock. False where the run is no longer the owner's, or its session is over. */
export async function renewLease(prisma: PrismaClient, runId: string, lease: Lease): Promise<boolean> {
  const count = await prisma.$executeRaw`
    UPDATE demo_batch_test_runs AS run SET lease_until = now() + make_interval(secs => ${lease.ms / 1_000}::float8)
    FROM demo_sessions AS session
    WHERE run.id = ${runId}::uuid AND run.lease_owner = ${lease.owner} AND run.status = 'running'
      AND session.id = run.session_id AND session.expires_at > now()`;
  return count > 0;
}

export interface RunKey {
  runId: string;
  sessionId: string;
}

/** Runs that say that they are going, though their server has not been heard of for the time of a lease. */
export async function findAbandonedRuns(prisma: PrismaClient): Promise<RunKey[]> {
  return prisma.$queryRaw<RunKey[]>`
    SELECT id AS "runId", session_id AS "sessionId" FROM demo_batch_test_runs
    WHERE status IN ('queued', 'running') AND lease_until < now()`;
}

/** Ends all leases: for the start of the only process that the embedded database can have. */
export async function endAllLeases(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`
    UPDATE demo_batch_test_runs SET lease_until = now() - interval '1 second' WHERE status IN ('queued', 'running')`;
}

/** Interrupted runs whose session still has the key that they left for resuming, though the time for that is over. */
export async function findForgottenKeys(prisma: PrismaClient | Tx, keptMs: number): Promise<RunKey[]> {
  return prisma.$queryRaw<RunKey[]>`
    SELECT DISTINCT ON (run.session_id) run.id AS "runId", run.session_id AS "sessionId"
    FROM demo_batch_test_runs AS run JOIN demo_model_configs AS config ON config.session_id = run.session_id
    WHERE run.status = 'interrupted' AND config.created_at < run.finished_at
      AND run.finished_at < now() - make_interval(secs => ${keptMs / 1_000}::float8)
      AND NOT EXISTS (
        SELECT FROM demo_batch_test_runs AS later
        WHERE later.session_id = run.session_id AND later.created_at > run.created_at)`;
}
