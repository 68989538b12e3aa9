import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyInitialData } from '../../testing/initial-data.js';
import { until } from '../../testing/model.js';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../../testing/scripted-endpoint.js';
import { freePort, listening, type ServerProcess, startServer } from '../../testing/server-process.js';
import { API_PREFIX } from '../contract/limits.js';
import type { Run } from '../contract/row.js';
import type { ConfigureResponse, Session } from '../contract/session.js';

const folder = mkdtempSync(join(tmpdir(), 'atlas-crash-'));
let endpoint: ScriptedEndpoint;
let env: Record<string, string>;

beforeAll(async () => {
  copyInitialData(join(folder, 'data'));
  endpoint = await startScriptedEndpoint();
  const port = await freePort();
  const ENCRYPTION_KEY = randomBytes(32).toString('base64');
  env = {
    PORT: port,
    ENCRYPTION_KEY,
    ALLOWED_PRIVATE_ENDPOINTS: endpoint.hostPort,
    DATA_DIR: join(folder, 'data'),
    SESSIONS_PER_IP: '2',
    RATE_LIMIT_PER_MINUTE: '100000',
  };
});
afterAll(() => {
  endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

const started: ServerProcess[] = [];
afterAll(() => {
  for (const { process } of started) process.kill('SIGKILL');
});

async function serve(): Promise<ServerProcess> {
  const server = startServer(env);
  started.push(server);
  await listening(server);
  return server;
}

async function call<T>(path: string, { token, body }: { token?: string; body?: object } = {}): Promise<T> {
  const response = await fetch(`http://localhost:${env.PORT}${API_PREFIX}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body && JSON.stringify(body),
  });
  return (await response.json()) as T;
}

const configure = (token?: string) =>
  call<ConfigureResponse>('/configure', { token, body: { endpointUrl: endpoint.url, apiKey: 'sk-x', modelId: 'sim' } });

/** How often each prompt reached the model, as the model counts. */
async function callsOf(ids: string[]): Promise<number[]> {
  const requests = await endpoint.requests();
  return ids.map((id) => requests.filter((request) => request.id === id).length);
}

const outcomes = (run: Run | null) =>
  run?.results.map(({ status, attempts, error }) => [status, attempts, error?.type]);

describe('a server that dies in the middle of a run', { timeout: 120_000 }, () => {
  let server: ServerProcess;

  it('leaves an interrupted run with what had finished, and nothing is asked again unless the visitor wishes', async () => {
    const ids = ['P11', 'P12', 'P13', 'P14'];
    const prompts = ids.map((id) => ({ prompt: `${id} ${id === 'P13' ? '[[total=4000]]' : ''}` }));
    server = await serve();
    const { sessionToken: token } = await configure();
    const { run } = await call<{ run: Run }>('/batch-test', { token, body: { prompts, concurrency: 1 } });
    await until(async () => (await call<Run>(`/batch-test/${run.runId}`, { token })).completed === 2);
    server.process.kill('SIGKILL');
    await server.ended;

    server = await serve();
    const session = await call<Session>('/session', { token });
    expect(session.run).toMatchObject({
      runId: run.runId,
      status: 'interrupted',
      completed: 2,
      total: 4,
      inFlight: [],
    });
    expect(outcomes(session.run)?.slice(0, 2)).toEqual([
      ['ok', 1, undefined],
      ['ok', 1, undefined],
    ]);
    expect(session.run?.results.slice(2).map(({ error }) => error?.type)).toEqual(['interrupted', 'interrupted']);
    const sent = session.run!.results.filter(({ attempts }) => attempts > 0).length;
    expect(session.promptsLeft).toBe(20 - sent);
    expect(session.credentials.stored).toBe(false);
    expect(await call('/batch-test', { token, body: { resume: run.runId } })).toMatchObject({
      code: 'credentials_deleted',
    });

    await configure(token);
    const resumed = await call<{ run: Run }>('/batch-test', { token, body: { resume: run.runId } });
    const done = () => call<Run>(`/batch-test/${resumed.run.runId}`, { token });
    await until(async () => (await done()).finishedAt !== null);
    expect((await done()).results).toMatchObject([
      { number: 3, status: 'ok' },
      { number: 4, status: 'ok' },
    ]);
    expect((await callsOf(ids)).slice(0, 2)).toEqual([1, 1]);
    expect((await callsOf(ids))[3]).toBe(1);
  });

  it('lets calls in flight finish when it is told to stop, and leaves the rest and the key to be resumed', async () => {
    const ids = ['P21', 'P22', 'P23'];
    const prompts = ids.map((id) => ({ prompt: `${id} [[total=1500]]` }));
    const { sessionToken: token } = await configure();
    const { run } = await call<{ run: Run }>('/batch-test', { token, body: { prompts, concurrency: 1 } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);

    server = await serve();
    const session = await call<Session>('/session', { token });
    expect(session.run).toMatchObject({ status: 'interrupted', completed: 1 });
    expect(outcomes(session.run)).toEqual([
      ['ok', 1, undefined],
      ['cancelled', 0, 'interrupted'],
      ['cancelled', 0, 'interrupted'],
    ]);
    expect(session).toMatchObject({ promptsLeft: 19, credentials: { stored: true } });
    const resumed = await call<{ run: Run }>('/batch-test', { token, body: { resume: run.runId, concurrency: 2 } });
    const done = () => call<Run>(`/batch-test/${resumed.run.runId}`, { token });
    await until(async () => (await done()).finishedAt !== null);
    expect(await callsOf(ids)).toEqual([1, 1, 1]);
  });
});
