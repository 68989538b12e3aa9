import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, type Visitor } from '../testing/app.js';
import { type FaultyUpstream, startFaultyUpstream } from '../testing/faulty-upstream.js';
import { disguisesOf, dumpDatabase } from '../testing/rows.js';
import { SocketClient } from '../testing/socket-client.js';
import { EXPORT_FORMATS } from './contract/limits.js';

let upstream: FaultyUpstream;
let test: TestApp;
let url: string;

beforeAll(async () => {
  upstream = await startFaultyUpstream();
  const hosts = ['echo-auth', '401-echo'].map((fault) => new URL(upstream.base(fault)).host);
  test = await openTestApp({
    env: { LOG_LEVEL: 'trace', ALLOWED_PRIVATE_ENDPOINTS: hosts.join(',') },
    edges: { modelClient: undefined },
  });
  url = await test.listen();
});
afterAll(async () => {
  await test.close();
  await upstream.close();
});

/** Everything that a visitor does, on an endpoint that repeats the key wherever it can. Returns all that came back. */
async function visit(visitor: Visitor, apiKey: string) {
  const seen: string[] = [];
  const post = async (path: string, body: object, token?: string) => {
    const response = await visitor.request(path, { method: 'POST', body, token });
    seen.push(response.body);
    return response;
  };
  const target = { apiKey, modelId: 'model-a' };
  const refused = await post('/configure', { ...target, endpointUrl: upstream.base('401-echo') });
  const configured = await post('/configure', { ...target, endpointUrl: upstream.base('echo-auth') });
  expect([refused.statusCode, configured.statusCode]).toEqual([422, 201]);
  const { sessionId, sessionToken: token } = configured.json();
  seen.pop();

  const socket = await SocketClient.open(url, { headers: visitor.headers });
  await socket.hello(token);
  socket.send({ type: 'run.start', prompts: [{ prompt: 'What is my key?' }, { prompt: 'And backwards?' }] });
  const { run } = await socket.next('run.finished');
  await socket.next('credentials.deleted');
  expect(run).toMatchObject({ status: 'completed', completed: 2 });
  await post('/atlas', { question: 'what is the average latency?' }, token);
  for (const format of EXPORT_FORMATS) {
    const file = await visitor.request(`/export?format=${format}`, { token });
    expect(file.statusCode).toBe(200);
    seen.push(file.rawPayload.toString('latin1'));
  }
  const session = await visitor.request('/session', { token });
  seen.push(session.body, socket.received.map((message) => JSON.stringify(message)).join('\n'));
  return { sessionId, token, runId: run.runId, seen: seen.join('\n'), socket };
}

describe('a whole visit', () => {
  it('leaves neither key nor token anywhere, and after cleanup nothing at all', async () => {
    const visitor = test.visitor();
    const key = 'sk-canary+visit/5d81=';
    const { sessionId, token, seen, socket } = await visit(visitor, key);
    expect(upstream.log.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);

    const stored = await dumpDatabase(test.database);
    expect(stored).toContain(sessionId);
    for (const form of disguisesOf(key)) expect(seen + stored + test.logs()).not.toContain(form);
    for (const form of disguisesOf(token)) expect(seen + stored + test.logs()).not.toContain(form);

    const receipt = (await visitor.request('/cleanup', { method: 'POST', token })).json();
    expect(receipt.deleted).toEqual({ modelConfigs: 0, runs: 1, results: 2, messages: 2 });
    expect(await socket.next('session.ended')).toMatchObject({ reason: 'cleanup' });
    expect((await visitor.request('/session', { token })).statusCode).toBe(401);
    expect(await dumpDatabase(test.database)).not.toContain(sessionId);
  });

  it('shows nothing of itself to another visitor, who knows its ids', async () => {
    const mine = await visit(test.visitor(), 'sk-mine');
    const stranger = test.visitor();
    const { sessionToken: token } = await stranger.configure({ endpointUrl: upstream.base('echo-auth') });
    const { runId } = mine;
    const answers = [
      await stranger.request(`/batch-test/${runId}`, { token }),
      await stranger.request(`/batch-test/${runId}/events`, { token }),
      await stranger.request(`/batch-test/${runId}/cancel`, { method: 'POST', token }),
      await stranger.request('/batch-test', { method: 'POST', token, body: { resume: runId } }),
      await stranger.request('/atlas', { method: 'POST', token, body: { question: 'any errors?', runId } }),
      await stranger.request(`/export?format=json&runId=${runId}`, { token }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 404));
    expect(new Set(answers.map((answer) => answer.json().code))).toEqual(new Set(['not_found']));

    const socket = await SocketClient.open(url, { headers: stranger.headers });
    await socket.hello(token, 0);
    const messages = [
      { type: 'run.cancel', id: 1, runId },
      { type: 'run.start', id: 2, resume: runId },
      { type: 'atlas.ask', id: 3, question: 'any errors?', runId },
    ];
    for (const message of messages) {
      socket.send(message);
      expect(await socket.next('error')).toMatchObject({ id: message.id, code: 'not_found' });
    }
    expect(socket.events).toEqual([]);
    socket.close();
    mine.socket.close();
  });
});
