import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { SocketClient } from '../../testing/socket-client.js';
import type { RunEvent } from '../contract/socket.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { OpenStreams } from './open-streams.js';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** A real socket to a real connection, with little behind it. @returns the client */
async function connect(options: Partial<ConnectionOptions> = {}): Promise<SocketClient> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  await once(server, 'listening');
  server.on('connection', (socket) => new Connection(socket, '192.0.2.1', { ...behind, ...options }));
  return SocketClient.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function* silence(_sessionId: string, _after: number, signal: AbortSignal): AsyncGenerator<null> {
  await once(signal, 'abort');
  yield null;
}

const LONG_RUN = 40;
const EVENT_BYTES = 1024 * 1024;

/** Events that are there all at once, as when a page comes back. */
async function* longRun(): AsyncGenerator<RunEvent> {
  const row = { response: 'x'.repeat(EVENT_BYTES) } as never;
  for (let seq = 1; seq <= LONG_RUN; seq += 1) yield { type: 'prompt.finished', seq, row };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const away = new Error('the database is away');
const never = () => Promise.reject(new Error('not asked for here'));
const behind: ConnectionOptions = {
  findSession: async (token) => ({ sessionId: 's', token, expiresAt: new Date() }),
  touch: async () => true,
  snapshot: async () => ({ session: {} as never, seq: 0 }),
  countMessage: async () => {},
  openStreams: { bySession: new OpenStreams(8), byAddress: new OpenStreams(8) },
  runs: { start: never, cancel: never, finish: never, follow: silence },
  ask: never,
  isDatabaseAway: (error) => error === away,
  log: { error() {} },
};

describe('a socket that', () => {
  it('says nothing is closed after its time', async () => {
    const client = await connect({ timing: { helloMs: 50 } });
    expect(await client.closed).toBe(4401);
    expect(client.received).toMatchObject([{ type: 'error', code: 'session_invalid' }]);
  });

  it('answers pings is a sign of life, and stays', async () => {
    let touches = 0;
    const touch = async () => {
      touches += 1;
      return true;
    };
    const client = await connect({ touch, timing: { pingMs: 20, pongMs: 5_000 } });
    await client.hello('t');
    while (touches < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    client.close();
    expect(await client.closed).toBe(1005);
  });

  it('no longer answers is dropped', async () => {
    const client = await connect({ timing: { pingMs: 20, pongMs: 30 } });
    await client.hello('t');
    client.pause();
    const [server] = servers;
    while (server!.clients.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('belongs to a session that is over is told so, though nobody else told it', async () => {
    const client = await connect({ touch: async () => false, timing: { pingMs: 20 } });
    await client.hello('t');
    expect(await client.next('session.ended')).toMatchObject({ reason: 'expired' });
    expect(await client.closed).toBe(1000);
  });

  it('does not read is dropped, with no more than one event of its session in our memory', async () => {
    const follow = () => longRun();
    const client = await connect({ runs: { ...behind.runs, follow }, timing: { unreadMs: 200 } });
    const [server] = servers;
    client.send({ type: 'hello', token: 't' });
    client.pause();
    let most = 0;
    while (server!.clients.size > 0) {
      for (const socket of server!.clients) most = Math.max(most, socket.bufferedAmount);
      await new Promise(setImmediate);
    }
    expect(most).toBeLessThan(1.1 * EVENT_BYTES);
  });

  it('reads is told all of a long run, however much that is', async () => {
    const follow = () => longRun();
    const client = await connect({ runs: { ...behind.runs, follow } });
    await client.hello('t', 0);
    while (client.events.length < LONG_RUN) await new Promise((resolve) => setTimeout(resolve, 10));
    client.close();
    expect(await client.closed).toBe(1005);
  });

  it('asks faster than it is answered has its further messages left in the network', async () => {
    const { promise: answered, resolve: answer } = deferred();
    let asked = 0;
    const countMessage = async () => {
      asked += 1;
      await answered;
    };
    const client = await connect({ countMessage });
    const [server] = servers;
    client.send({ type: 'hello', token: 't' });
    for (let id = 0; id < 200; id += 1) client.send({ type: 'dance', id, why: 'x'.repeat(100 * 1024) });
    const isPaused = () => [...server!.clients].some((socket) => socket.isPaused);
    while (!isPaused()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked).toBe(1);
    answer();
    while (asked < 201) await new Promise((resolve) => setTimeout(resolve, 10));
    client.close();
  });

  it('comes while the database is away may come back with the same token', async () => {
    const client = await connect({ findSession: () => Promise.reject(away) });
    client.send({ type: 'hello', id: 1, token: 't' });
    expect(await client.next('error')).toMatchObject({ id: 1, code: 'busy' });
    expect(await client.closed).toBe(1013);
  });

  it('meets a defect is told no more than that, and stays open', async () => {
    const problems: string[] = [];
    const log = { error: (_fields: object, message: string) => void problems.push(message) };
    const client = await connect({ log });
    await client.hello('t');
    client.send({ type: 'run.start', id: 1, suiteId: 'a' });
    expect(await client.next('error')).toEqual({
      type: 'error',
      id: 1,
      code: 'internal',
      detail: 'Something went wrong on our side. Try again in a moment.',
    });
    client.send({ type: 'hello', id: 2, token: 't' });
    expect(await client.next('error')).toMatchObject({ id: 2 });
    expect(problems).toEqual(['a message failed']);
    client.close();
  });
});
