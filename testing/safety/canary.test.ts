import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { EXPORT_FORMATS } from '../../api/contract/limits.js';
import { type Database, openDatabase } from '../../api/database/database.js';
import { openTestApp, type TestApp, type Visitor, type VisitorRequest } from '../app.js';
import { type FaultyUpstream, startFaultyUpstream } from '../faulty-upstream.js';
import { until } from '../model.js';
import { dumpDatabase } from '../rows.js';
import { SocketClient } from '../socket-client.js';
import { ECHO_NAMES, type EchoUpstream, startEchoUpstream } from './echo-upstream.js';
import { createNeedles } from './needles.js';
import { readPdf, unzipped } from './readable.js';

/** With what URLs, JSON and base64 write differently, and a beginning that no other text has. */
const KEY = `Zq7+/"v=${randomBytes(18).toString('base64url')}+/%~`;
const PROMPTS_A_RUN = 20;
const ENDLESS = ['silence'];
/** Answers to a test of the connection that refuse it. */
const REFUSED = ['refusal', 'error', 'error-header', 'error-page', 'foreign', 'stream-error']
  .concat(['redirect', 'redirect-host', 'redirect-raw', 'header-name', 'status-text'])
  .concat(ECHO_NAMES.filter((name) => name.startsWith('form-')));
/** These would end a run before its other prompts. */
const ENDS_A_RUN = ['refusal', 'status-text'];
const VENDOR_FAULTS = ['401-echo', 'echo-auth', 'echo-headers', '400-context', 'sse-error-mid'];

const folder = mkdtempSync(join(tmpdir(), 'atlas-canary-'));
const dataDir = join(folder, 'data');
let echo: EchoUpstream;
let faulty: FaultyUpstream;
let database: Database;
let test: TestApp;
let url: string;

/** Everything that came out, by place. */
const seen = new Map<string, string[]>();
function see(place: string, ...texts: string[]): void {
  seen.set(place, [...(seen.get(place) ?? []), ...texts]);
}

async function call(visitor: Visitor, path: string, options?: VisitorRequest): Promise<LightMyRequestResponse> {
  const response = await visitor.request(path, options);
  see('answers', JSON.stringify(response.headers), response.body);
  return response;
}

const post = (visitor: Visitor, path: string, body: VisitorRequest['body'], token?: string) =>
  call(visitor, path, { method: 'POST', body, token });

function seeFiles(): void {
  const names = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  see('files', ...names.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')));
}

async function seeExports(visitor: Visitor, token: string): Promise<void> {
  const readers: Record<string, (file: Buffer) => string> = { xlsx: unzipped, pdf: readPdf };
  for (const format of EXPORT_FORMATS) {
    const { rawPayload, statusCode, headers } = await visitor.request(`/export?format=${format}`, { token });
    expect(statusCode).toBe(200);
    const read = readers[format] ?? ((file: Buffer) => file.toString('utf8'));
    see(`the ${format} export`, JSON.stringify(headers), read(rawPayload));
  }
}

/** Refused connections, a replaced one, a run of every echo by socket, its report, a cancelled run, and cleanup. */
async function wholeVisit(): Promise<void> {
  const visitor = test.visitor();
  const target = { endpointUrl: echo.url, apiKey: KEY, modelId: 'm' };
  for (const name of REFUSED) {
    const { statusCode } = await post(visitor, '/configure', { ...target, modelId: `echo:${name}` });
    expect(statusCode, name).toBe(422);
  }
  const { sessionToken: token } = (await post(visitor, '/configure', target)).json();
  expect((await post(visitor, '/configure', { ...target, modelId: 'echo:refusal' }, token)).statusCode).toBe(422);
  expect((await post(visitor, '/configure', { ...target, modelId: 'm2' }, token)).statusCode).toBe(201);
  await database.prisma.$executeRawUnsafe('CHECKPOINT');
  see('the database', await dumpDatabase(database));
  seeFiles();

  const socket = await SocketClient.open(url, { headers: visitor.headers });
  await socket.hello(token);
  const names = ECHO_NAMES.filter((name) => !ENDLESS.includes(name) && !ENDS_A_RUN.includes(name));
  const [first = [], ...others] = chunks(names, PROMPTS_A_RUN);
  for (const part of [...others, first]) {
    socket.send({ type: 'run.start', prompts: part.map((name) => ({ prompt: `echo:${name}` })) });
    const { run } = await socket.next('run.finished');
    expect(run.results.map(({ number }) => number)).toHaveLength(part.length);
    expect(run.results.filter(({ status }) => status === 'cancelled')).toEqual([]);
    await call(visitor, `/batch-test/${run.runId}`, { token });
    await call(visitor, `/batch-test/${run.runId}/events`, { token });
    if (part !== first) await post(visitor, '/configure', target, token);
  }
  socket.send({ type: 'atlas.ask', question: 'which prompts failed, and why?' });
  await socket.next('atlas.answer');
  await post(visitor, '/atlas', { question: 'show the longest response' }, token);
  await seeExports(visitor, token);

  await post(visitor, '/configure', target, token);
  const endless = { prompts: [{ prompt: 'echo:answer' }, { prompt: 'echo:silence' }] };
  const { runId } = (await post(visitor, '/batch-test', endless, token)).json().run;
  await until(async () => (await visitor.request(`/batch-test/${runId}`, { token })).json().completed === 1);
  await post(visitor, `/batch-test/${runId}/cancel`, undefined, token);
  await post(visitor, '/configure', target, token);
  await post(visitor, '/batch-test', { prompts: [{ prompt: 'echo:refusal' }, { prompt: 'never sent' }] }, token);
  await until(async () => (await visitor.request('/session', { token })).json().run.finishedAt !== null);
  await call(visitor, '/session', { token });
  see('the database', await dumpDatabase(database));
  await post(visitor, '/cleanup', {}, token);
  await socket.closed;
  see('the socket', ...socket.received.map((message) => JSON.stringify(message)));
}

/** The key in every place but its own: whatever is refused must not repeat it. */
async function misplacedKey(): Promise<void> {
  const visitor = test.visitor();
  const target = { endpointUrl: echo.url, apiKey: KEY, modelId: 'm' };
  const encoded = encodeURIComponent(KEY);
  const { sessionToken: token } = await visitor.configure({ ...target, apiKey: '' });
  const bodies: [string, VisitorRequest['body']][] = [
    ['/configure', { ...target, endpointUrl: KEY }],
    ['/configure', { ...target, endpointUrl: `${echo.url}?key=${encoded}` }],
    ['/configure', { ...target, endpointUrl: `${echo.url}/${KEY}` }],
    ['/configure', { ...target, endpointUrl: echo.url.replace('//', `//${encoded}@`) }],
    ['/configure', { ...target, modelId: KEY }],
    ['/configure', { ...target, modelId: { [KEY]: KEY } }],
    ['/configure', { ...target, apiKey: [KEY] }],
    ['/configure', { ...target, apiKey: `${KEY}\n${KEY}` }],
    ['/configure', { ...target, [KEY]: KEY.repeat(20_000) }],
    ['/batch-test', { suiteId: KEY }],
    ['/batch-test', { resume: KEY }],
    ['/batch-test', { prompts: KEY }],
    ['/batch-test', { prompts: [{ prompt: 'x' }], concurrency: KEY }],
    [`/batch-test/${encoded}/cancel`, {}],
    ['/atlas', { question: 'any?', runId: KEY }],
    ['/atlas', { question: [KEY] }],
  ];
  for (const [path, body] of bodies) {
    const { statusCode } = await post(visitor, path, body, token);
    expect(statusCode, path).toBeGreaterThanOrEqual(400);
    expect(statusCode, path).toBeLessThan(500);
  }
  const requests: [string, VisitorRequest][] = [
    [`/${encoded}?key=${encoded}`, { token }],
    [`/export?format=${encoded}`, { token }],
    [`/batch-test/${encoded}`, { token }],
    ['/session', { token: KEY }],
    ['/configure', { method: 'POST', body: `{"apiKey": "${KEY}`, headers: { 'content-type': 'application/json' } }],
    ['/configure', { method: 'POST', body: KEY, headers: { 'content-type': 'text/plain', 'x-api-key': KEY } }],
    ['/suites', { headers: { origin: `https://${encoded}.example`, referer: `https://a.example/?${encoded}` } }],
  ];
  for (const [path, options] of requests) await call(visitor, path, options);

  const stranger = await SocketClient.open(url, { headers: visitor.headers });
  stranger.send({ type: 'hello', token: KEY });
  expect(await stranger.closed).toBe(4401);
  const socket = await SocketClient.open(url, { headers: visitor.headers });
  await socket.hello(token);
  const messages = [KEY, `{"type":"${KEY}`, { type: KEY }, { type: 'run.cancel', runId: KEY }];
  for (const message of [...messages, { type: 'run.start', suiteId: KEY }]) socket.send(message);
  await until(() => socket.received.filter(({ type }) => type === 'error').length === messages.length + 1);
  see('the socket', ...[...stranger.received, ...socket.received].map((message) => JSON.stringify(message)));
  see('the database', await dumpDatabase(database));
  await post(visitor, '/cleanup', {}, token);
}

async function faultyVisits(): Promise<void> {
  for (const fault of VENDOR_FAULTS) {
    const visitor = test.visitor();
    const target = { endpointUrl: faulty.base(fault), apiKey: KEY, modelId: 'm' };
    const configured = await post(visitor, '/configure', target);
    if (configured.statusCode !== 201) continue;
    const token = configured.json().sessionToken;
    await post(visitor, '/batch-test', { prompts: [{ prompt: 'What is my key?' }] }, token);
    await until(async () => (await visitor.request('/session', { token })).json().run.finishedAt !== null);
    await call(visitor, '/session', { token });
    see('the database', await dumpDatabase(database));
  }
}

beforeAll(async () => {
  echo = await startEchoUpstream();
  faulty = await startFaultyUpstream();
  database = await openDatabase({ dataDir });
  const hosts = [echo.hostPort, new URL(faulty.base('ok')).host];
  test = await openTestApp({
    env: { LOG_LEVEL: 'trace', PROMPTS_PER_SESSION: '200', ALLOWED_PRIVATE_ENDPOINTS: hosts.join(',') },
    edges: { modelClient: undefined, database },
  });
  url = await test.listen();
  await wholeVisit();
  await misplacedKey();
  await faultyVisits();
  await test.close();
  await database.close();
  see('the log', test.logs());
  seeFiles();
}, 120_000);
afterAll(async () => {
  echo.close();
  await faulty.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a visitor’s key', () => {
  it('was really used', () => {
    expect(echo.keys).toContain(KEY);
    expect(faulty.log.some(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
  });

  it.for(['the log', 'answers', 'the socket', 'the database', 'files'])('is nowhere in %s', (place, { task }) => {
    search(place, task);
  });

  it.for(EXPORT_FORMATS)('is nowhere in the %s export, which says where it was removed', (format, { task }) => {
    search(`the ${format} export`, task);
    expect(seen.get(`the ${format} export`)!.join('\n').replace(/\s+/g, ' ')).toContain('[key removed]');
  });
});

function search(place: string, task: TestContext['task']): void {
  const texts = seen.get(place) ?? [];
  expect(texts.join('').length).toBeGreaterThan(1_000);
  const find = createNeedles(KEY);
  task.meta.figures = { tried: texts.length };
  const found = texts.flatMap((text) => [text, unquoted(text)]).flatMap((text) => excerpt(text, find(text)));
  expect(found).toEqual([]);
}

/** Text as it was before JSON took it up. */
function unquoted(text: string): string {
  return text.replace(/\\(["\\/])/g, '$1');
}

function excerpt(text: string, at: number): string[] {
  return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 60)];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
