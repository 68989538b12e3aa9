import websocket from '@fastify/websocket';
import { API_PREFIX, LIMITS } from '../contract/limits.js';
import type { App } from './app-type.js';
import { CLOSE, Connection, type ConnectionOptions } from './connection.js';
import { type AllowedOrigins, mayOpenSocket } from './origins.js';
import { ProblemError } from './problem.js';

/** How long clients get to answer the closing of their socket. */
const GOODBYE_MS = 1_000;

export interface SocketRoutesOptions extends ConnectionOptions {
  allowedOrigins: AllowedOrigins;
}

/**
 * Lets this server take sockets. Before all other hooks: only then is the connection of a refused upgrade closed,
 * whichever hook refuses it.
 */
export async function acceptSockets(app: App): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: LIMITS.bodyBytes, perMessageDeflate: false },
    // What breaks a socket is the client's doing and closes it with its own code; there is nothing to report.
    errorHandler: (_error, socket) => socket.close(CLOSE.internal),
    preClose(done) {
      for (const client of this.websocketServer.clients) {
        client.close(CLOSE.restart, 'restarting');
        setTimeout(() => client.terminate(), GOODBYE_MS).unref();
      }
      this.websocketServer.close(done);
    },
  });
}

/** The socket of a visit. CORS does not cover sockets, so the page's origin is judged here, before the upgrade. */
export async function socketRoutes(app: App, { allowedOrigins, ...options }: SocketRoutesOptions): Promise<void> {
  app.get(
    `${API_PREFIX}/ws`,
    {
      websocket: true,
      async preValidation(request) {
        if (!mayOpenSocket(allowedOrigins, request.headers.origin)) {
          throw new ProblemError('origin_not_allowed', 'This page is not on the list of pages that may use the demo.');
        }
      },
    },
    (socket, request) => void new Connection(socket, request.ip, options),
  );
}
