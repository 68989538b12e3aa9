import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from './app-type.js';
import { dropIdleReaders } from './unread.js';

const BIG = 'x'.repeat(64 * 1024 * 1024);
const UNREAD_MS = 500;

let app: App;
let socket: Socket;
afterEach(async () => {
  socket.destroy();
  await app.close();
});

/** A client that asks for something large, and reads nothing yet. */
async function ask(): Promise<void> {
  app = Fastify({ forceCloseConnections: true });
  dropIdleReaders(app, UNREAD_MS);
  app.get('/', async () => BIG);
  await app.listen({ host: '127.0.0.1', port: 0 });
  socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'readable');
}

const connections = () =>
  new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));

describe('a client that stops to read', () => {
  it('is dropped, with all that was kept for it', async () => {
    await ask();
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is left alone while it reads, though not all of it in that time', async () => {
    await ask();
    let read = 0;
    const startedAt = Date.now();
    while (Date.now() - startedAt < 2 * UNREAD_MS) {
      read += (socket.read() as Buffer | null)?.length ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await connections()).toBe(1);
    expect(read).toBeLessThan(BIG.length);
  });
});
