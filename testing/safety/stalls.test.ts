import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { API_PREFIX } from '../../api/contract/limits.js';
import type { Run } from '../../api/contract/row.js';
import { pathFromRoot } from '../../api/root.js';
import { copyInitialData } from '../initial-data.js';
import { freePort, listening, type ServerProcess, startServer } from '../server-process.js';
import { SocketClient } from '../socket-client.js';
import { AMBIGUOUS_KEYS, HOSTILE_NAMES, LONG_TEXTS, startHeavyUpstream } from './heavy-upstream.js';

const LONGEST_STALL_MS = 250;

const folder = mkdtempSync(join(tmpdir(), 'atlas-stalls-'));
const stallLog = join(folder, 'stalls');
let endpoint: Awaited<ReturnType<typeof startHeavyUpstream>>;
let server: ServerProcess;
let base: string;

/** The worst that happens in the work; none of it is done twice. */
async function measure(task: TestContext['task'], work: () => Promise<unknown>): Promise<void> {
  await sleep(50);
  writeFileSync(stallLog, '');
  await work();
  await sleep(50);
  const stalls = readFileSync(stallLog, 'utf8').split('\n').map(Number);
  const longestStallMs = Math.max(...stalls);
  task.meta.figures = { longestStallMs };
  expect(longestStallMs).toBeLessThan(LONGEST_STALL_MS);
}

async function call(path: string, { token, body }: { token?: string; body?: object } = {}) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${base}${API_PREFIX}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...authorization },
    body: body && JSON.stringify(body),
  });
  expect(response.status, path).toBeLessThan(300);
  return response;
}

async function session(apiKey = 'sk-stalls-0123456789'): Promise<string> {
  const body = { endpointUrl: endpoint.url, apiKey, modelId: 'm' };
  return ((await (await call('/configure', { body })).json()) as { sessionToken: string }).sessionToken;
}

async function run(token: string, prompts: string[]): Promise<Run> {
  const body = { prompts: prompts.map((prompt) => ({ prompt })), concurrency: 10 };
  await call('/batch-test', { token, body });
  const socket = await SocketClient.open(base);
  await socket.hello(token, 0);
  const { run } = await socket.next('run.finished', 60_000);
  socket.close();
  return run;
}

/** As a visitor does who is told to come again: how soon it is drawn depends on what else the machine has to do. */
async function drawnPdf(token: string): Promise<ArrayBuffer> {
  for (;;) {
    const response = await fetch(`${base}${API_PREFIX}/export?format=pdf`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 200) return response.arrayBuffer();
    expect(await response.json()).toMatchObject({ code: 'busy', retryAfterSeconds: expect.any(Number) });
    await sleep(Number(response.headers.get('retry-after')) * 1_000);
  }
}

let token: string;
let runId: string;

beforeAll(async () => {
  endpoint = await startHeavyUpstream();
  copyInitialData(join(folder, 'data'));
  const port = await freePort();
  base = `http://localhost:${port}`;
  const env = {
    PORT: port,
    ALLOWED_PRIVATE_ENDPOINTS: endpoint.hostPort,
    DATA_DIR: join(folder, 'data'),
    SESSIONS_PER_IP: '100000',
    PROMPTS_PER_SESSION: '1000',
    RATE_LIMIT_PER_MINUTE: '1000000',
    TARGET_CALLS_PER_MINUTE: '100000',
    STALL_LOG: stallLog,
  };
  server = startServer(env, ['--import', pathToFileURL(pathFromRoot('testing/safety/stall-log.mjs')).href]);
  await listening(server);
  // What is compiled the first time is not what is measured.
  token = await session();
  await run(token, ['hello']);
}, 120_000);
afterAll(async () => {
  server.process.kill('SIGKILL');
  await server.ended;
  endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the event loop of a server is not held up', () => {
  it.for(HOSTILE_NAMES)('by an answer of %s', async (name, { task }) => {
    const token = await session();
    await measure(task, async () => {
      const { results } = await run(token, Array(4).fill(`hostile ${name}`));
      expect(results.map(({ status }) => status)).toEqual(Array(4).fill('error'));
    });
  });

  it.for(AMBIGUOUS_KEYS)(
    'by a key that looks like escapes, and an answer of $name',
    async ({ name, apiKey }, { task }) => {
      await measure(task, async () => {
        const { results } = await run(await session(apiKey), Array(4).fill(`ambiguous ${name}`));
        expect(results.map(({ status }) => status)).toEqual(Array(4).fill('ok'));
      });
    },
  );

  it('by a run of the longest answers', async ({ task }) => {
    token = await session();
    await measure(task, async () => {
      const { results, ...facts } = await run(
        token,
        LONG_TEXTS.map((_, number) => `text ${number}`),
      );
      expect(results.map(({ status }) => status)).toEqual(LONG_TEXTS.map(() => 'ok'));
      runId = facts.runId;
    });
  });

  it.for([
    '/session',
    '/batch-test/RUN',
    '/batch-test/RUN/events',
    '/export?format=csv',
    '/export?format=json',
    '/export?format=xlsx',
  ])('by asking for %s after it', async (path, { task }) => {
    await measure(task, async () => (await call(path.replace('RUN', runId), { token })).arrayBuffer());
  });

  it('by PDFs of several visitors at a time', async ({ task }) => {
    const others = await Promise.all([session(), session()]);
    for (const other of others) await run(other, ['text 0', 'text 9', 'text 18']);
    await measure(task, () => Promise.all([token, ...others].map(drawnPdf)));
  }, 300_000);

  it('by a socket that is told everything again', async ({ task }) => {
    await measure(task, async () => {
      const socket = await SocketClient.open(base);
      await socket.hello(token, 0);
      await socket.next('run.finished');
      socket.close();
    });
  });

  it.for([
    'show all responses',
    'which responses mention "word word word"?',
    'which responses contain "hello"?',
    'longest response',
    'compare prompt 1 and prompt 2',
    'show prompt 13',
    'any refusals?',
    'correlation of words and latency',
    'summary',
  ])('by Atlas asked %j', async (question, { task }) => {
    await measure(task, () => call('/atlas', { token, body: { question } }));
  });
});
