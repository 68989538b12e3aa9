import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX, EXPORT_FORMATS } from '../../api/contract/limits.js';
import type { Session } from '../../api/contract/session.js';
import { CLIENT_MESSAGES } from '../../api/contract/socket.js';
import { newToken } from '../../api/sessions/token.js';
import { openTestApp, type TestApp, type Visitor, type VisitorRequest } from '../app.js';
import { modelThat, until } from '../model.js';
import { outcome } from '../outcome.js';
import { SocketClient } from '../socket-client.js';

type Request = [path: string, options?: Omit<VisitorRequest, 'token'>];
const post = (path: string, body?: object): Request => [path, { method: 'POST', body }];
const TARGET = { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-stranger', modelId: 'strange' };

/** Every route with what a stranger may ask of it: about a run's id, wherever one can be put, and without. */
const ROUTES: Record<string, (runId: string) => Request[]> = {
  'GET /config': () => [['/config']],
  'GET /suites': () => [['/suites']],
  'GET /session': () => [['/session']],
  'POST /batch-test': (id) => [post('/batch-test', { resume: id }), post('/batch-test', { resume: id, numbers: [1] })],
  'GET /batch-test/{runId}': (id) => [[`/batch-test/${id}`]],
  'GET /batch-test/{runId}/events': (id) => [
    [`/batch-test/${id}/events`],
    [`/batch-test/${id}/events`, { headers: { 'last-event-id': '1' } }],
  ],
  'POST /batch-test/{runId}/cancel': (id) => [post(`/batch-test/${id}/cancel`)],
  'POST /atlas': (id) => [
    post('/atlas', { question: 'what is the average latency?' }),
    post('/atlas', { question: 'what is the average latency?', runId: id }),
  ],
  'GET /export': (id) =>
    EXPORT_FORMATS.flatMap((format): Request[] => [
      [`/export?format=${format}`],
      [`/export?format=${format}&runId=${id}`],
    ]),
  'GET /ws': () => [['/ws']],
  'POST /configure': () => [post('/configure', TARGET)],
  // The last: it ends the stranger's session.
  'POST /cleanup': () => [post('/cleanup')],
};

/** Every message of a socket, likewise; `hello` is what opens it, with the token alone. */
const MESSAGES: Record<keyof typeof CLIENT_MESSAGES, (runId: string) => object[]> = {
  hello: () => [],
  'run.start': (id) => [
    { type: 'run.start', resume: id },
    { type: 'run.start', resume: id, numbers: [1] },
  ],
  'run.cancel': (id) => [{ type: 'run.cancel', runId: id }],
  'atlas.ask': (id) => [{ type: 'atlas.ask', question: 'what is the average latency?', runId: id }],
};

let test: TestApp;
let base: string;
beforeAll(async () => {
  test = await openTestApp({
    edges: { modelClient: modelThat(async ({ prompt }) => outcome(null, { text: `On ${prompt}` })) },
  });
  base = await test.listen();
});
afterAll(() => test.close());

/** Somebody who has run something. All that tells of it has the secret in it, or one of the ids. */
async function visit() {
  const visitor = test.visitor();
  const secret = randomUUID();
  const { sessionId, sessionToken: token } = await visitor.configure({ modelId: `model-${secret}` });
  const body = { prompts: [{ prompt: `prompt ${secret}` }] };
  const { runId } = (await visitor.request('/batch-test', { method: 'POST', token, body })).json().run;
  const session = async (): Promise<Session> => (await visitor.request('/session', { token })).json();
  await until(async () => (await session()).run?.finishedAt != null);
  return { visitor, token, sessionId, runId, session, marks: [secret, sessionId, runId] };
}

/** What came back for each. */
async function ask(visitor: Visitor, token: string, requests: Request[]) {
  const answers = [];
  for (const [path, options] of requests) {
    const { statusCode, body } = await visitor.request(path, { ...options, token });
    answers.push({ path: path.split('?')[0], statusCode, body });
  }
  return answers;
}

const withoutId = (text: string, id: string) => text.replaceAll(id, '<id>');

describe('a session', () => {
  it('is asked for over every route there is', async () => {
    const { paths } = (await test.app.inject('/docs/json')).json() as { paths: Record<string, object> };
    const routes = Object.entries(paths)
      .filter(([path]) => path.startsWith(API_PREFIX))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(API_PREFIX.length)}`),
      );
    expect(Object.keys(ROUTES).sort()).toEqual(routes.sort());
    expect(Object.keys(MESSAGES).sort()).toEqual(Object.keys(CLIENT_MESSAGES).sort());
  });

  it.each(Object.entries(ROUTES))('is to strangers as one that does not exist: %s', async (route, requests) => {
    const mine = await visit();
    const before = await mine.session();
    const stranger = test.visitor();
    const { sessionToken: token } = await stranger.configure(TARGET);
    const nobody = randomUUID();

    const aboutMine = await ask(stranger, token, requests(mine.runId));
    for (const { body } of aboutMine) for (const mark of mine.marks) expect(body).not.toContain(mark);
    if (route !== 'POST /cleanup' && route !== 'POST /configure') {
      const aboutNobody = await ask(stranger, token, requests(nobody));
      expect(aboutMine.map(({ statusCode, body }) => [statusCode, withoutId(body, mine.runId)])).toEqual(
        aboutNobody.map(({ statusCode, body }) => [statusCode, withoutId(body, nobody)]),
      );
      const withId = requests('<id>').map(([path, options]) => JSON.stringify([path, options]).includes('<id>'));
      const refused = aboutMine.filter((_, index) => withId[index]);
      expect(refused.map(({ statusCode }) => statusCode)).toEqual(refused.map(() => 404));
    }
    expect(await mine.session()).toEqual(before);
  });

  it.each(Object.keys(MESSAGES))('is so over a socket: %s', async (type) => {
    const mine = await visit();
    const before = await mine.session();
    const stranger = test.visitor();
    const { sessionToken: token } = await stranger.configure(TARGET);
    const socket = await SocketClient.open(base, { headers: stranger.headers });
    const ready = await socket.hello(token, 0);
    const replies = async (id: string) => {
      const given = [];
      for (const message of MESSAGES[type as keyof typeof MESSAGES](id)) {
        socket.send(message);
        given.push(await socket.next('error'));
      }
      return given;
    };
    const aboutMine = await replies(mine.runId);
    expect(aboutMine).toEqual(await replies(randomUUID()));
    expect(aboutMine.map(({ code }) => code)).toEqual(aboutMine.map(() => 'not_found'));
    expect(ready.session.run).toBeNull();
    expect(socket.events).toEqual([]);
    for (const mark of mine.marks) expect(JSON.stringify(socket.received)).not.toContain(mark);
    expect(await mine.session()).toEqual(before);
    socket.close();
  });

  it('that has ended is as one that never was, over every route and the socket', async () => {
    const ended = await visit();
    await ended.visitor.request('/cleanup', { method: 'POST', token: ended.token });
    const stranger = test.visitor();
    for (const requests of Object.values(ROUTES)) {
      const [once, never] = [
        await ask(stranger, ended.token, requests(ended.runId)),
        await ask(stranger, newToken(), requests(ended.runId)),
      ];
      expect(once).toEqual(never);
    }
    const refusals = [];
    for (const token of [ended.token, newToken()]) {
      const socket = await SocketClient.open(base, { headers: stranger.headers });
      socket.send({ type: 'hello', token, after: 0 });
      refusals.push([await socket.closed, socket.received]);
    }
    expect(refusals[0]).toEqual(refusals[1]);
    expect(refusals[0]![0]).toBe(4401);
  });
});
