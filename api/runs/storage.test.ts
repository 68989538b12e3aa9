import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedDatabase } from '../../testing/database.js';
import { until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import { openInstance, storeSession } from '../../testing/runs.js';
import type { PrismaClient } from '../database/database.js';

type Fault = 'none' | 'before the commit' | 'after the commit';

/** A database that goes away as scheduled: also when a commit is done and its answer is lost. */
function faulty(prisma: PrismaClient, schedule: () => Fault): PrismaClient {
  const away = () => Object.assign(new Error('Server has closed the connection'), { code: 'P1017' });
  return new Proxy(prisma, {
    get(target, property) {
      if (property !== '$transaction') return Reflect.get(target, property);
      return async (work: Parameters<PrismaClient['$transaction']>[0]) => {
        const fault = schedule();
        if (fault === 'before the commit') throw away();
        const result = await target.$transaction(work as never);
        if (fault === 'after the commit') throw away();
        return result;
      };
    },
  });
}

describe('a run while the database comes and goes', () => {
  it('is stored once, told once and billed once, whatever is lost when', async () => {
    const { prisma } = await sharedDatabase();
    const faults = fc.constantFrom<Fault>('none', 'none', 'none', 'before the commit', 'after the commit');
    const property = fc.asyncProperty(fc.array(faults, { maxLength: 6 }), fc.nat(2), async (schedule, errors) => {
      let started = false;
      const fault = () => (started ? (schedule.shift() ?? 'none') : 'none');
      const { runs, model } = await openInstance({ prisma: faulty(prisma, fault) });
      const session = await storeSession();
      const names = ['a', 'b', 'c', 'd'];
      const prompts = names.map((prompt) => ({ prompt }));
      const { runId } = await runs.start(session, { prompts, concurrency: 2 });
      started = true;
      for (const [index, name] of names.entries()) {
        await model.answer(name, outcome(index < errors ? 'server_error' : null));
      }
      await until(async () => (await runs.get(session, runId)).finishedAt !== null);
      await runs.drain();

      expect(await runs.get(session, runId)).toMatchObject({
        status: 'completed',
        completed: names.length - errors,
        failed: errors,
      });
      expect([...model.asked].sort()).toEqual(names);
      const events = await prisma.demoRunEvent.findMany({
        where: { sessionId: session.sessionId },
        orderBy: { seq: 'asc' },
      });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.map(({ type, number }) => `${type} ${number}`).sort()).toEqual(
        [
          'run.started null',
          ...[1, 2, 3, 4].flatMap((number) => [`prompt.started ${number}`, `prompt.finished ${number}`]),
          'run.finished null',
          'credentials.deleted null',
        ].sort(),
      );
      const { promptsUsed } = await prisma.demoSession.findUniqueOrThrow({ where: { id: session.sessionId } });
      expect(promptsUsed).toBe(4);
    });
    await fc.assert(property, { numRuns: 5, endOnFailure: true });
  });

  it('tells its followers what they missed while an answer was lost', async () => {
    const { prisma } = await sharedDatabase();
    const schedule: Fault[] = ['none', 'after the commit', 'after the commit', 'after the commit'];
    const { runs, model } = await openInstance({ prisma: faulty(prisma, () => schedule.shift() ?? 'none') });
    const session = await storeSession();
    const { runId } = await runs.start(session, { prompts: [{ prompt: 'a' }] });
    const following = (async () => {
      const types: string[] = [];
      const run = await runs.get(session, runId);
      for await (const event of runs.followRun(run, session.sessionId, 0, new AbortController().signal)) {
        if (event) types.push(event.type);
      }
      return types;
    })();
    await model.answer('a');
    expect(await following).toEqual(['run.started', 'prompt.started', 'prompt.finished', 'run.finished']);
  });

  it('tells once that a prompt waits to be asked again, though the answer to that was lost', async () => {
    const { prisma } = await sharedDatabase();
    const schedule: Fault[] = ['none', 'none', 'after the commit'];
    const { runs, model } = await openInstance({ prisma: faulty(prisma, () => schedule.shift() ?? 'none') });
    const session = await storeSession();
    const run = await runs.start(session, { prompts: [{ prompt: 'a' }] });
    await model.answer('a', outcome('rate_limited', { retry: { afterMs: 12_000 } }));
    await model.answer('a');
    const types: string[] = [];
    for await (const event of runs.followRun(run, session.sessionId, 0, new AbortController().signal)) {
      if (event) types.push(event.type);
    }
    expect(types).toEqual(['run.started', 'prompt.started', 'prompt.waiting', 'prompt.finished', 'run.finished']);
  });

  it('is interrupted, and leaves its key to be resumed, by a fault that is not the database’s absence', async () => {
    const { prisma } = await sharedDatabase();
    let broken = false;
    const { runs, model, problems } = await openInstance({
      prisma: new Proxy(prisma, {
        get(target, property) {
          if (property !== '$transaction') return Reflect.get(target, property);
          return async (work: Parameters<PrismaClient['$transaction']>[0]) => {
            if (broken) {
              broken = false;
              throw new TypeError('a defect');
            }
            return target.$transaction(work as never);
          };
        },
      }),
    });
    const session = await storeSession();
    const { runId } = await runs.start(session, { prompts: [{ prompt: 'a' }, { prompt: 'b' }], concurrency: 1 });
    await until(() => model.asked.length === 1);
    broken = true;
    await model.answer('a');
    await until(async () => (await runs.get(session, runId)).finishedAt !== null);
    expect(await runs.get(session, runId)).toMatchObject({ status: 'interrupted', completed: 0 });
    expect(problems).toEqual(['a run failed']);
  });
});
