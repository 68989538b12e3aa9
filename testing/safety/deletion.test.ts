import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.js';
import { patientModel, until } from '../model.js';
import { dumpDatabase } from '../rows.js';

const TTL_SECONDS = 6;
/** What holds nothing of a visitor. */
const OTHER_TABLES = ['demo_settings', '_prisma_migrations'];

const model = patientModel();
let lasting: TestApp;
let brief: TestApp;
beforeAll(async () => {
  lasting = await openTestApp({ edges: { modelClient: model.client } });
  brief = await openTestApp({
    env: { SESSION_TTL_SECONDS: String(TTL_SECONDS) },
    edges: { modelClient: model.client },
  });
});
afterAll(async () => {
  await lasting.close();
  await brief.close();
});

const seenTables = new Set<string>();

/** Somebody whose every row can be found by one of their ids or by what they wrote. */
async function visit(app: TestApp) {
  const visitor = app.visitor();
  const secret = randomUUID();
  const target = { endpointUrl: 'https://model.example.com/v1', apiKey: `sk-${secret}`, modelId: `model-${secret}` };
  const { sessionId, sessionToken: token } = await visitor.configure(target);
  const ids = [secret, sessionId];
  const post = (path: string, body?: object) => visitor.request(path, { method: 'POST', token, body });
  const start = async (...names: string[]) => {
    const prompts = names.map((name) => ({ prompt: `${name} ${secret}` }));
    const response = await post('/batch-test', { prompts, concurrency: 2 });
    if (response.statusCode === 202) ids.push(response.json().run.runId);
    return response;
  };
  return {
    post,
    start,
    replaceModel: () => post('/configure', { ...target, modelId: `other-${secret}` }),
    answer: (name: string) => model.answer(`${name} ${secret}`),
    finished: () => until(async () => (await visitor.request('/session', { token })).json().run?.finishedAt != null),
    isOver: () => until(async () => (await visitor.request('/session', { token })).statusCode === 401),
    /** What the database has of this visit. */
    async rows(): Promise<string[]> {
      const lines = (await dumpDatabase(app.database)).split('\n');
      const found = lines.filter((line) => ids.some((id) => line.includes(id)));
      for (const line of found) seenTables.add(line.split(' ', 1)[0]!);
      return found;
    },
  };
}

type Visit = Awaited<ReturnType<typeof visit>>;

/** A whole visit: a run that has ended, a conversation, and a model again. */
async function visitToTheEnd(app: TestApp): Promise<Visit> {
  const whole = await visit(app);
  await whole.start('one');
  await whole.answer('one');
  await whole.finished();
  await whole.post('/atlas', { question: 'what is the average latency?' });
  await whole.replaceModel();
  expect((await whole.rows()).length).toBeGreaterThan(5);
  return whole;
}

/** The same in the middle of a run. */
async function visitDuringRun(app: TestApp): Promise<Visit> {
  const going = await visit(app);
  await going.start('one', 'two', 'three');
  await going.answer('one');
  await until(async () => (await going.rows()).some((row) => row.includes('An answer.')));
  return going;
}

const cleanup = async (one: Visit) => expect((await one.post('/cleanup')).statusCode).toBe(200);

describe('nothing of a session is left in any table', () => {
  it('after cleanup, once its run is over', async () => {
    const one = await visitToTheEnd(lasting);
    await cleanup(one);
    expect(await one.rows()).toEqual([]);
  });

  it('after cleanup during a run, whatever its model answers then', async () => {
    const one = await visitDuringRun(lasting);
    await cleanup(one);
    expect(await one.rows()).toEqual([]);
    await one.answer('two');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await one.rows()).toEqual([]);
  });

  it('after its time, with its run over or going on', async () => {
    const [idle, over, going] = await Promise.all([visit(brief), visitToTheEnd(brief), visitDuringRun(brief)]);
    expect((await idle.rows()).length).toBe(2);
    for (const one of [idle, over, going]) {
      await one.isOver();
      await until(async () => (await one.rows()).length === 0, 5_000);
    }
    await going.answer('two');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await going.rows()).toEqual([]);
  });

  it('where a run starts, or the model is replaced, at the moment of cleanup', async () => {
    for (const late of ['start', 'replaceModel'] as const) {
      for (let turns = 0; turns < 5; turns += 1) {
        const one = await visit(lasting);
        const racing = late === 'start' ? one.start('one') : one.replaceModel();
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        await cleanup(one);
        await racing;
        expect(await one.rows()).toEqual([]);
      }
    }
  });

  it('and each table has had something of one before', async () => {
    const tables = await lasting.database.prisma.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    const ofVisitors = tables.map(({ name }) => name).filter((name) => !OTHER_TABLES.includes(name));
    expect([...seenTables].sort()).toEqual(ofVisitors.sort());
  });
});
