import { describe, expect, it, onTestFinished } from 'vitest';
import { sharedDatabase } from '../../testing/database.js';
import { until } from '../../testing/model.js';
import { openInstance, storeSession } from '../../testing/runs.js';
import type { RunEvent } from '../contract/socket.js';

const { prisma } = await sharedDatabase();

async function instance() {
  const opened = await openInstance();
  onTestFinished(() => opened.runs.drain(0));
  return opened;
}

const hasKey = async (sessionId: string) => (await prisma.demoModelConfig.count({ where: { sessionId } })) > 0;
const own = (...prompts: string[]) => ({ prompts: prompts.map((prompt) => ({ prompt })) });
const letLeaseEnd = (runId: string) =>
  prisma.demoBatchTestRun.update({ where: { id: runId }, data: { leaseUntil: new Date(Date.now() - 1_000) } });

describe('several instances on one database', () => {
  it('cancel each other’s runs; the one that ran it writes nothing more', async () => {
    const [a, b] = [await instance(), await instance()];
    const session = await storeSession();
    const { runId } = await a.runs.start(session, { ...own('one', 'two', 'three'), concurrency: 2 });
    await a.model.answer('one');
    await until(() => a.model.asked.length === 3);
    const cancelled = await b.runs.cancel(session, runId);
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.results.map(({ status }) => status)).toEqual(['ok', 'cancelled', 'cancelled']);
    expect(await hasKey(session.sessionId)).toBe(false);
    await a.model.answer('two');
    await a.runs.drain();
    expect(await b.runs.get(session, runId)).toEqual(cancelled);
    expect(a.problems).toEqual([]);
  });

  it('start one run between them, whichever is asked first', async () => {
    const instances = await Promise.all([instance(), instance(), instance()]);
    const session = await storeSession();
    const starts = await Promise.allSettled(
      instances.flatMap(({ runs }) => [runs.start(session, own('a')), runs.start(session, own('a'))]),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason.code] : []));
    expect(new Set(refusals)).toEqual(new Set(['run_in_progress']));
  });

  it('interrupt a run whose server is not heard of; when it wakes up, what it writes is refused', async () => {
    const [sleeper, waker] = [await instance(), await instance()];
    const session = await storeSession();
    const { runId } = await sleeper.runs.start(session, { ...own('one', 'two', 'three'), concurrency: 1 });
    await sleeper.model.answer('one');
    await until(() => sleeper.model.asked.length === 2);
    await waker.runs.sweep();
    expect((await waker.runs.get(session, runId)).status).toBe('running');
    await letLeaseEnd(runId);
    await waker.runs.sweep();
    const interrupted = await waker.runs.get(session, runId);
    expect(interrupted.status).toBe('interrupted');
    expect(interrupted.results.map(({ status, attempts, error }) => [status, attempts, error?.type])).toEqual([
      ['ok', 1, undefined],
      ['cancelled', 1, 'interrupted'],
      ['cancelled', 0, 'interrupted'],
    ]);
    expect(await hasKey(session.sessionId)).toBe(true);

    await sleeper.model.answer('two');
    await sleeper.runs.drain();
    expect(await waker.runs.get(session, runId)).toEqual(interrupted);
    expect(sleeper.model.asked).toEqual(['one', 'two']);

    const resumed = await waker.runs.start(session, { resume: runId });
    await waker.model.answer('two');
    await waker.model.answer('three');
    await until(async () => (await waker.runs.get(session, resumed.runId)).status === 'completed');
    expect(await hasKey(session.sessionId)).toBe(false);
  });

  it('follow each other’s runs by the log where the bus brings nothing', async () => {
    const [a, b] = [await instance(), await instance()];
    const session = await storeSession();
    const stop = new AbortController();
    const seen: RunEvent[] = [];
    const following = (async () => {
      for await (const event of b.runs.follow(session.sessionId, 0, stop.signal)) {
        if (event && event.type !== 'session.ended') seen.push(event);
        if (event?.type === 'credentials.deleted') return;
      }
    })();
    const { runId } = await a.runs.start(session, own('one'));
    await a.model.answer('one');
    await following;
    expect(seen.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'run.started'],
      [2, 'prompt.started'],
      [3, 'prompt.finished'],
      [4, 'run.finished'],
      [5, 'credentials.deleted'],
    ]);
    expect(seen[3]).toMatchObject({ run: await a.runs.get(session, runId) });
  });
});

describe('a key that an interrupted run left', () => {
  async function interruptedRun(secondsAgo: number) {
    const { runs } = await instance();
    const session = await storeSession();
    const { runId } = await runs.start(session, own('one'));
    await runs.drain(0);
    const finishedAt = new Date(Date.now() - secondsAgo * 1_000);
    await prisma.demoBatchTestRun.update({ where: { id: runId }, data: { finishedAt } });
    return { session, runId, ...(await instance()) };
  }

  it('stays for a minute, and is then deleted and said to be', async () => {
    const { runs, session, runId } = await interruptedRun(50);
    await runs.sweep();
    expect(await hasKey(session.sessionId)).toBe(true);
    await prisma.demoBatchTestRun.update({ where: { id: runId }, data: { finishedAt: new Date(Date.now() - 61_000) } });
    await runs.sweep();
    expect(await hasKey(session.sessionId)).toBe(false);
    const events = await prisma.demoRunEvent.findMany({
      where: { sessionId: session.sessionId },
      orderBy: { seq: 'desc' },
      take: 2,
    });
    expect(events.map(({ type }) => type)).toEqual(['credentials.deleted', 'run.finished']);
  });

  it('is not taken from the run that resumes it', async () => {
    const { runs, session, runId, model } = await interruptedRun(59);
    const resumed = await runs.start(session, { resume: runId });
    await prisma.demoBatchTestRun.update({ where: { id: runId }, data: { finishedAt: new Date(Date.now() - 90_000) } });
    await runs.sweep();
    expect(await hasKey(session.sessionId)).toBe(true);
    await model.answer('one');
    await until(async () => (await runs.get(session, resumed.runId)).status === 'completed');
  });

  it('is not taken where the visitor has entered it again', async () => {
    const { runs, session } = await interruptedRun(90);
    await prisma.demoModelConfig.update({ where: { sessionId: session.sessionId }, data: { createdAt: new Date() } });
    await runs.sweep();
    expect(await hasKey(session.sessionId)).toBe(true);
  });
});

describe('a session whose time is up during a run', () => {
  it('has nothing more sent for it', async () => {
    const { runs, model, problems } = await instance();
    const session = await storeSession();
    await runs.start(session, { ...own('one', 'two', 'three'), concurrency: 1 });
    await until(() => model.asked.length === 1);
    await prisma.demoSession.update({
      where: { id: session.sessionId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await model.answer('one');
    await runs.drain();
    expect(model.asked).toEqual(['one']);
    expect(problems).toEqual([]);
  });
});
