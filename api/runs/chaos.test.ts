import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharedDatabase } from '../../testing/database.js';
import { until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import { openInstance, storeSession } from '../../testing/runs.js';
import { ERROR_TYPES, type ErrorType } from '../contract/errors.js';

const RETRYABLE: readonly ErrorType[] = ['rate_limited', 'server_error', 'connection'];
const types = fc.constantFrom(null, null, null, ...ERROR_TYPES.filter((type) => type !== 'cancelled'));
/** What is done to a run after so many calls have reached the endpoint. */
const blow = fc.record({
  afterCalls: fc.nat(8),
  what: fc.constantFrom('kill', 'drain', 'cancel here', 'cancel elsewhere'),
});
const visit = fc.record({
  prompts: fc.integer({ min: 1, max: 6 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  endings: fc.array(types, { minLength: 1, maxLength: 8 }),
  blows: fc.array(blow, { maxLength: 3 }),
});

it('keeps its promises through random faults, kills, drains, cancels and resumptions', async () => {
  const { prisma } = await sharedDatabase();
  const property = fc.asyncProperty(visit, async ({ prompts, concurrency, endings, blows }) => {
    const session = await storeSession();
    const callsOf = new Map<string, number>();
    let reached = 0;
    const open = () =>
      openInstance({
        async complete({ prompt }) {
          const type = endings[reached % endings.length]!;
          reached += 1;
          callsOf.set(prompt, (callsOf.get(prompt) ?? 0) + 1);
          await new Promise(setImmediate);
          return outcome(type, { retry: type && RETRYABLE.includes(type) ? { afterMs: null } : null });
        },
      });

    const watcher = await open();
    const first = Array.from({ length: prompts }, (_, index) => ({ prompt: `prompt ${index + 1}` }));
    let request: Parameters<typeof watcher.runs.start>[1] | null = { prompts: first, concurrency };
    const runIds: string[] = [];
    for (const { afterCalls, what } of [...blows, { afterCalls: Infinity, what: 'nothing' }]) {
      if (!request) break;
      const instance = await open();
      const { runId } = await instance.runs.start(session, request);
      runIds.push(runId);
      const isOver = async () => (await watcher.runs.get(session, runId)).finishedAt !== null;
      const target = reached + afterCalls;
      await until(async () => reached >= target || (await isOver()));
      if (what === 'kill') {
        await instance.runs.abort(session.sessionId);
        await prisma.demoBatchTestRun.updateMany({
          where: { id: runId, finishedAt: null },
          data: { leaseUntil: new Date(Date.now() - 1_000) },
        });
        await watcher.runs.sweep();
      }
      if (what === 'drain') await instance.runs.drain();
      if (what === 'cancel here') await instance.runs.cancel(session, runId);
      if (what === 'cancel elsewhere') await watcher.runs.cancel(session, runId);
      await until(isOver);
      await instance.runs.drain();
      const run = await watcher.runs.get(session, runId);
      const mayResume = run.status === 'interrupted' && run.results.some(({ status }) => status === 'cancelled');
      request = mayResume ? { resume: runId } : null;
    }

    const runs = await Promise.all(runIds.map((runId) => watcher.runs.get(session, runId)));
    const rows = runs.flatMap(({ results }) => results);
    for (const run of runs) {
      expect(run.results.map(({ number }) => number)).toHaveLength(run.total);
      expect(['completed', 'cancelled', 'interrupted']).toContain(run.status);
    }
    const sent = rows.filter(({ attempts }) => attempts > 0);
    expect((await prisma.demoSession.findUniqueOrThrow({ where: { id: session.sessionId } })).promptsUsed).toBe(
      sent.length,
    );
    for (const [prompt, calls] of callsOf) {
      expect(calls).toBeLessThanOrEqual(3 * sent.filter((row) => row.prompt === prompt).length);
    }
    for (const row of rows) if (row.status === 'ok') expect(row.response).toBe('An answer.');
    const events = await prisma.demoRunEvent.findMany({
      where: { sessionId: session.sessionId },
      orderBy: { seq: 'asc' },
    });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    for (const runId of runIds) {
      const types = events.filter((event) => event.runId === runId && event.type !== 'credentials.deleted');
      expect([types[0]?.type, types.at(-1)?.type]).toEqual(['run.started', 'run.finished']);
      expect(types.filter(({ type }) => type === 'run.finished')).toHaveLength(1);
    }
    const keys = await prisma.demoModelConfig.count({ where: { sessionId: session.sessionId } });
    expect(keys).toBe(runs.at(-1)!.status === 'interrupted' ? 1 : 0);
  });
  await fc.assert(property, { numRuns: 8, interruptAfterTimeLimit: 40_000 });
});
