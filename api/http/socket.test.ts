import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';
import { modelThat, patientModel, until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import { SocketClient } from '../../testing/socket-client.js';
import { API_PREFIX, LIMITS, OPEN_STREAMS } from '../contract/limits.js';

let test: TestApp;
let base: string;
beforeAll(async () => {
  test = await openTestApp({ edges: { modelClient: modelThat(async () => outcome(null)) } });
  base = await test.listen();
});
afterAll(() => test.close());

const own = (...prompts: string[]) => ({ prompts: prompts.map((prompt) => ({ prompt })) });

/** A visitor with a session and an open socket. */
async function visit(app: TestApp = test, at: string = base) {
  const visitor = app.visitor();
  const { sessionToken: token, sessionId } = await visitor.configure();
  const open = () => SocketClient.open(at, { headers: visitor.headers });
  return { visitor, token, sessionId, open, socket: await open() };
}

describe('a socket', () => {
  it('greets with the session and the number of its latest event', async () => {
    const { socket, token, sessionId } = await visit();
    socket.send({ type: 'hello', token, id: 'first' });
    const ready = await socket.next('ready');
    expect(ready).toMatchObject({ id: 'first', seq: 0, session: { sessionId, promptsLeft: 20, run: null } });
    socket.close();
  });

  it.each([
    ['a wrong token', { type: 'hello', token: 'x'.repeat(43) }],
    ['anything before hello', { type: 'run.cancel', runId: 'x' }],
    ['nothing that can be read', '{'],
  ])('is closed for %s', async (_name, message) => {
    const { socket } = await visit();
    socket.send(message);
    expect(await socket.next('error')).toMatchObject({ code: 'session_invalid' });
    expect(await socket.closed).toBe(4401);
  });

  it.each([
    ['{', undefined, 'JSON object'],
    [{ type: 'dance', id: 7 }, 7, 'type must be one of'],
    [{ id: 'x' }, 'x', 'type must be one of'],
    [{ type: '__proto__', id: 1 }, 1, 'type must be one of'],
    [{ type: 'run.start', id: 'y', concurrency: 99 }, 'y', 'concurrency'],
    [{ type: 'run.start', id: 'z' }, 'z', 'exactly one'],
    [{ type: 'atlas.ask', id: 3 }, 3, 'question'],
    [{ type: 'hello', id: 4, token: 'again' }, 4, 'already'],
  ])('answers %j with an error, and stays open', async (message, id, detail) => {
    const { socket, token } = await visit();
    await socket.hello(token);
    socket.send(message);
    const error = await socket.next('error');
    expect(error).toMatchObject({ code: 'invalid_request', detail: expect.stringContaining(detail) });
    expect(error.id).toBe(id);
    socket.send({ type: 'run.cancel', id: 'still', runId: crypto.randomUUID() });
    expect(await socket.next('error')).toMatchObject({ id: 'still', code: 'not_found' });
    socket.close();
  });

  it('starts a run and tells all of it, in order, the reply with the id of the request', async () => {
    const { socket, token } = await visit();
    await socket.hello(token);
    socket.send({ type: 'run.start', id: 'go', ...own('one', 'two', 'three'), concurrency: 2 });
    expect(await socket.next('run.started')).toMatchObject({ id: 'go', seq: 1, run: { status: 'running', total: 3 } });
    const finished = await socket.next('run.finished');
    expect(finished.run).toMatchObject({ status: 'completed', completed: 3 });
    expect(finished).not.toHaveProperty('id');
    expect(await socket.next('credentials.deleted')).toMatchObject({ seq: finished.seq + 1 });
    expect(socket.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    socket.close();
  });

  it('cancels a run, and shows how things stand to whoever cancels it once more', async () => {
    const model = patientModel();
    const app = await openTestApp({ edges: { modelClient: model.client } });
    const { socket, token } = await visit(app, await app.listen());
    await socket.hello(token);
    socket.send({ type: 'run.start', ...own('a', 'b') });
    const { run } = await socket.next('run.started');
    await until(() => model.asked.length === 2);
    socket.send({ type: 'run.cancel', id: 'stop', runId: run.runId });
    const finished = await socket.next('run.finished');
    expect(finished).toMatchObject({ id: 'stop', run: { status: 'cancelled' } });
    socket.send({ type: 'run.cancel', id: 'again', runId: run.runId });
    const ready = await socket.next('ready');
    expect(ready).toMatchObject({ id: 'again', session: { run: { runId: run.runId, status: 'cancelled' } } });
    expect(ready.seq).toBeGreaterThan(finished.seq);
    const numbers = socket.events.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    socket.close();
    await app.close();
  });

  it('sends what a page has missed, without gap or repeat, wherever it had got to', async () => {
    const model = patientModel();
    const app = await openTestApp({ edges: { modelClient: model.client } });
    const { socket, open, token } = await visit(app, await app.listen());
    await socket.hello(token);
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    socket.send({ type: 'run.start', ...own(...names), concurrency: 3 });
    await socket.next('run.started');
    const answering = (async () => {
      for (const name of names) await model.answer(name);
    })();
    const dropping = (async () => {
      let after = 0;
      for (let over = false; !over; ) {
        const again = await open();
        await again.hello(token, after);
        await until(() => again.events.length > 0);
        again.drop();
        expect(again.events.map((event) => event.seq)).toEqual(again.events.map((_, index) => after + 1 + index));
        after = again.events.at(-1)!.seq;
        over = again.events.some(({ type }) => type === 'credentials.deleted');
      }
    })();
    await Promise.all([answering, dropping]);
    await socket.next('credentials.deleted');
    expect(socket.events.map(({ seq }) => seq)).toEqual(socket.events.map((_, index) => index + 1));

    const late = await open();
    expect((await late.hello(token, 0)).session.run).toMatchObject({ status: 'completed', completed: 12 });
    await late.next('credentials.deleted');
    expect(late.events).toEqual(socket.events.map((event) => ({ ...event, id: undefined })));
    const fresh = await open();
    expect((await fresh.hello(token)).seq).toBe(socket.events.length);
    expect(fresh.events).toEqual([]);
    for (const each of [socket, late, fresh]) each.close();
    await app.close();
  });

  it('tells two pages of one session the same', async () => {
    const { socket, open, token } = await visit();
    const other = await open();
    await socket.hello(token);
    await other.hello(token);
    socket.send({ type: 'run.start', id: 'mine', ...own('a') });
    await socket.next('credentials.deleted');
    await other.next('credentials.deleted');
    const withoutIds = socket.events.map((event) => ({ ...event, id: undefined }));
    expect(other.events).toEqual(withoutIds);
    socket.close();
    other.close();
  });

  it('tells a session nothing of another', async () => {
    const mine = await visit();
    const other = await visit();
    await mine.socket.hello(mine.token);
    await other.socket.hello(other.token, 0);
    mine.socket.send({ type: 'run.start', ...own('a') });
    const { run } = await mine.socket.next('run.finished');
    other.socket.send({ type: 'run.cancel', id: 1, runId: run.runId });
    expect(await other.socket.next('error')).toMatchObject({ id: 1, code: 'not_found' });
    other.socket.send({ type: 'run.start', id: 2, resume: run.runId });
    expect(await other.socket.next('error')).toMatchObject({ id: 2, code: 'not_found' });
    other.socket.send({ type: 'atlas.ask', id: 3, question: 'how many?', runId: run.runId });
    expect(await other.socket.next('error')).toMatchObject({ id: 3, code: 'not_found' });
    expect(other.socket.events).toEqual([]);
    mine.socket.close();
    other.socket.close();
  });

  it('says that a session has ended, and closes', async () => {
    const { socket, token, visitor } = await visit();
    await socket.hello(token);
    await visitor.request('/cleanup', { method: 'POST', token });
    expect(await socket.next('session.ended')).toEqual({ type: 'session.ended', reason: 'cleanup' });
    expect(await socket.closed).toBe(1000);
  });

  it('is closed for a message that is too large', async () => {
    const { socket, token } = await visit();
    await socket.hello(token);
    socket.send('x'.repeat(LIMITS.bodyBytes + 1));
    expect(await socket.closed).toBe(1009);
  });

  it('is told to come back when the server restarts', async () => {
    const app = await openTestApp();
    const { socket, token } = await visit(app, await app.listen());
    await socket.hello(token);
    await app.close();
    expect(await socket.closed).toBe(1012);
  });
});

describe('the sockets of one visitor', () => {
  const stays = async (socket: SocketClient) => {
    socket.send({ type: 'run.cancel', id: 'still', runId: crypto.randomUUID() });
    expect(await socket.next('error')).toMatchObject({ id: 'still', code: 'not_found' });
  };

  it('are so many a session: a newer one closes the oldest, which is told why', async () => {
    const { socket: first, open, token } = await visit();
    const sockets = [first];
    while (sockets.length < OPEN_STREAMS.perSession) sockets.push(await open());
    for (const socket of sockets) await socket.hello(token);
    for (const socket of sockets) await stays(socket);

    const newest = await open();
    await newest.hello(token);
    expect(await first.next('error')).toMatchObject({ code: 'too_many_connections' });
    expect(await first.closed).toBe(4429);
    for (const socket of [...sockets.slice(1), newest]) await stays(socket);

    // The place of one that was closed is free again.
    newest.close();
    await newest.closed;
    const another = await open();
    await another.hello(token);
    for (const socket of [...sockets.slice(1), another]) await stays(socket);
    for (const socket of [...sockets, another]) socket.close();
  });

  it('are counted for an operator', async () => {
    const app = await openTestApp();
    const { socket, token } = await visit(app, await app.listen());
    const counted = async () => (await app.app.inject('/metrics')).body;
    await expect.poll(counted).toContain('atlas_open_streams{holder="address"} 1');
    expect(await counted()).toContain('atlas_open_streams{holder="session"} 0');
    await socket.hello(token);
    expect(await counted()).toContain('atlas_open_streams{holder="session"} 1');
    socket.close();
    await expect.poll(counted).toContain('atlas_open_streams{holder="address"} 0');
    expect(await counted()).toContain('atlas_open_streams{holder="session"} 0');
    await app.close();
  });

  it('share that with its event streams', async () => {
    const model = patientModel();
    const app = await openTestApp({ edges: { modelClient: model.client } });
    const at = await app.listen();
    const { visitor, socket, token } = await visit(app, at);
    await socket.hello(token);
    socket.send({ type: 'run.start', ...own('a') });
    const { run } = await socket.next('run.started');
    const events = async () => {
      const headers = { ...visitor.headers, authorization: `Bearer ${token}` };
      const { body } = await fetch(`${at}${API_PREFIX}/batch-test/${run.runId}/events`, { headers });
      const reader = body!.getReader();
      await reader.read();
      return async () => {
        for (;;) {
          const { done } = await reader.read().catch(() => ({ done: true }));
          if (done) return;
        }
      };
    };
    const untilOver = await events();
    for (let stream = 1; stream < OPEN_STREAMS.perSession; stream += 1) await events();
    expect(await socket.closed).toBe(4429);
    await events();
    await untilOver();
    await model.answer('a');
    await app.close();
  });

  it('are so many an address, those that have greeted nobody the first to go', async () => {
    const { socket: first, open, token } = await visit();
    await first.hello(token);
    const sockets = [first];
    while (sockets.length <= OPEN_STREAMS.perAddress) sockets.push(await open());
    expect(await sockets[1]!.closed).toBe(4429);
    await stays(first);
    const stranger = await visit();
    await stranger.socket.hello(stranger.token);
    for (const socket of [...sockets, stranger.socket]) socket.close();
  });
});

/** Origins that are not `https://partner.example`, though they look like it to a careless comparison. */
const ALMOST = [
  'https://evil.example',
  'https://partner.example.evil.example',
  'https://evilpartner.example',
  'https://sub.partner.example',
  'http://partner.example',
  'https://partner.example:8443',
  'https://partner.example:443',
  'https://partner.example.',
  'https://partner.example/',
  'https://PARTNER.example',
  'https://partner.example@evil.example',
  'https://evil.example#https://partner.example',
  'https://partner.example, https://evil.example',
];

describe('who may open a socket', () => {
  const refused = (at: string, options: Parameters<typeof SocketClient.open>[1]) =>
    SocketClient.open(at, options).then(
      (socket) => socket.close(),
      (error: Error) => error.message,
    );

  it('is any page, and no page at all, where every origin is allowed', async () => {
    for (const origin of ['https://anywhere.example', undefined]) (await SocketClient.open(base, { origin })).close();
  });

  it('is otherwise only a listed page and our own', async () => {
    const env = { ALLOWED_ORIGINS: 'https://partner.example', PUBLIC_URL: 'https://demo.example/below' };
    const app = await openTestApp({ env });
    const at = await app.listen();
    for (const origin of ['https://partner.example', 'https://demo.example']) {
      (await SocketClient.open(at, { origin })).close();
    }
    for (const origin of [...ALMOST, 'null', undefined]) {
      expect(await refused(at, { origin }), origin).toContain('403');
    }
    // Requests are judged by the same list.
    for (const origin of [...ALMOST, 'null']) {
      const { statusCode } = await app.app.inject({ url: `${API_PREFIX}/config`, headers: { origin } });
      expect(statusCode, origin).toBe(403);
    }
    // Nor is the connection of a refused socket kept.
    await until(() => new Promise((done) => app.app.server.getConnections((_error, count) => done(count === 0))));
    await app.close();
  });
});

describe('a client that sends too much', () => {
  it('is told so, and dropped when it goes on', async () => {
    const app = await openTestApp({ env: { RATE_LIMIT_PER_MINUTE: '10' } });
    const { socket, token } = await visit(app, await app.listen());
    await socket.hello(token);
    for (let id = 0; id < 100; id += 1) socket.send({ type: 'run.cancel', id, runId: 'x' });
    expect(await socket.closed).toBe(1008);
    const codes = socket.received.flatMap((message) => (message.type === 'error' ? [message.code] : []));
    expect(codes.filter((code) => code === 'not_found').length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === 'rate_limited').length).toBe(50);
    await app.close();
  });
});
