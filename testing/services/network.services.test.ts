import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../api/contract/row.js';
import { type Database, openDatabase } from '../../api/database/database.js';
import { openTestApp, type TestApp, type Visitor } from '../app.js';
import { createDatabase } from '../database.js';
import { until } from '../model.js';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../scripted-endpoint.js';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';

const KEY = 'sk-network+canary/58d2=';
/** Longer than the API waits for an answer of its database, on a machine that may be busy. */
const PATIENCE_MS = 25_000;

let postgres: TcpProxy;
let redis: TcpProxy;
let database: Database;
let endpoint: ScriptedEndpoint;
let test: TestApp;
let direct: pg.Client;

beforeAll(async () => {
  const server = await createDatabase(process.env.DATABASE_URL!, 'network');
  postgres = await startTcpProxy(server);
  redis = await startTcpProxy(process.env.REDIS_URL!);
  endpoint = await startScriptedEndpoint();
  database = await openDatabase({ url: postgres.url, dataDir: 'memory' });
  test = await openTestApp({
    env: { REDIS_URL: redis.url, ALLOWED_PRIVATE_ENDPOINTS: endpoint.hostPort },
    edges: { database, modelClient: undefined },
  });
  direct = new pg.Client({ connectionString: server });
  await direct.connect();
});
afterAll(async () => {
  for (const proxy of [postgres, redis]) proxy.mend();
  await test.close();
  await database.close();
  await direct.end();
  for (const proxy of [postgres, redis]) proxy.close();
  endpoint.close();
});

/** A run of six prompts, each with an id of its own in the endpoint's log. */
let firstId = 10;
let ids: string[];
beforeEach(() => {
  ids = Array.from({ length: 6 }, (_, index) => `P${firstId + index}`);
  firstId += ids.length;
});

async function startRun() {
  const visitor = test.visitor();
  const target = { endpointUrl: endpoint.url, apiKey: KEY };
  const { sessionId, sessionToken: token } = await visitor.configure(target);
  const prompts = ids.map((id) => ({ prompt: `${id} [[total=300]]` }));
  const started = await visitor.request('/batch-test', { method: 'POST', token, body: { prompts, concurrency: 2 } });
  expect(started.statusCode).toBe(202);
  return { visitor, sessionId, token, runId: (started.json() as { run: Run }).run.runId };
}

type Started = Awaited<ReturnType<typeof startRun>>;

async function runNow({ visitor, token, runId }: Started): Promise<Run> {
  const answer = await visitor.request(`/batch-test/${runId}`, { token });
  return answer.json();
}

async function calls(): Promise<string[]> {
  return (await endpoint.requests()).map(({ id }) => id).filter((id) => ids.includes(id));
}

const someDone = () => until(async () => (await calls()).length >= 2);

/** Asks without the visitor's own patience ending the test. @returns status, code and when to come again */
async function answerOf(visitor: Visitor, token: string) {
  const answer = await visitor.request('/session', { token });
  return [answer.statusCode, answer.json().code, answer.headers['retry-after']];
}

async function expectWholeRun(started: Started): Promise<void> {
  await until(async () => (await runNow(started)).finishedAt != null, PATIENCE_MS);
  expect(await runNow(started)).toMatchObject({ status: 'completed', completed: ids.length, failed: 0 });
  expect((await calls()).sort()).toEqual(ids);
  const keys = await direct.query('SELECT 1 FROM demo_model_configs WHERE session_id = $1', [started.sessionId]);
  expect(keys.rowCount).toBe(0);
  expect((await test.app.inject('/readyz')).statusCode).toBe(200);
  expect(test.logs()).not.toContain(KEY);
}

describe('a run over a network', () => {
  it('that is cut to PostgreSQL and Redis: 503 meanwhile, then it goes on and calls nothing twice', async () => {
    const started = await startRun();
    await someDone();
    postgres.cut();
    redis.cut();
    expect(await answerOf(started.visitor, started.token)).toEqual([503, 'busy', '5']);
    expect((await test.app.inject('/readyz')).statusCode).toBe(503);
    await sleep(500);
    postgres.mend();
    redis.mend();
    await expectWholeRun(started);
  });

  it('that is slow: it takes longer, and that is all', async () => {
    postgres.mend(15);
    redis.mend(15);
    const started = await startRun();
    await expectWholeRun(started);
    postgres.mend();
    redis.mend();
  });

  it('that stands still: 503 within the time that a query may take, then it goes on and calls nothing twice', async () => {
    const started = await startRun();
    await someDone();
    postgres.freeze();
    redis.freeze();
    const began = performance.now();
    expect(await answerOf(started.visitor, started.token)).toEqual([503, 'busy', '5']);
    expect(performance.now() - began).toBeLessThan(15_000);
    postgres.mend();
    redis.mend();
    await expectWholeRun(started);
  });

  it('that is lost for good leaves no row locked in PostgreSQL', async () => {
    const [setting] = await database.prisma.$queryRaw<{ setting: string; unit: string }[]>`
      SELECT setting, unit FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'`;
    expect(setting).toEqual({ setting: '15000', unit: 'ms' });
  });
});
