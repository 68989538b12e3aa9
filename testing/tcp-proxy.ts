import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network between us and a service, which can be cut, stand still or be slow. */
export interface TcpProxy {
  /** The service's address, by way of this network. */
  url: string;
  /** Resets what is connected and refuses what comes. */
  cut(): void;
  /** Takes connections and bytes, and passes nothing on. */
  freeze(): void;
  /** Passes on each chunk of bytes after `delayMs`. What was held back goes first. */
  mend(delayMs?: number): void;
  close(): void;
}

export async function startTcpProxy(serviceUrl: string): Promise<TcpProxy> {
  const service = new URL(serviceUrl);
  const sockets = new Set<Socket>();
  const state = { isCut: false, delayMs: 0, thaw: null as PromiseWithResolvers | null };

  async function pass(from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from) {
      await state.thaw?.promise;
      if (state.delayMs > 0) await sleep(state.delayMs);
      if (!to.destroyed) to.write(chunk);
    }
    to.end();
  }

  const server = createServer((near) => {
    if (state.isCut) return void near.resetAndDestroy();
    const far = connect(Number(service.port), service.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      pass(socket, other).catch(() => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(serviceUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: TcpProxy = {
    url: url.href,
    cut() {
      state.isCut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze() {
      state.thaw ??= withResolvers();
    },
    mend(delayMs = 0) {
      state.isCut = false;
      state.delayMs = delayMs;
      state.thaw?.resolve();
      state.thaw = null;
    },
    close() {
      proxy.mend();
      proxy.cut();
      server.close();
    },
  };
  return proxy;
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve(): void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((whenDone) => {
    resolve = whenDone;
  });
  return { promise, resolve };
}
