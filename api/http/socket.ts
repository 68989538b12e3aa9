import websocket from '@fastify/websocket';
import { API_PREFIX, LIMITS, OPEN_STREAMS } from '../contract/limits.js';
import type { App } from './app-type.js';
import { CLOSE, Connection, type ConnectionOptions, TIMING } from './connection.js';
import { type AllowedOrigins, mayOpenSocket } from './origins.js';
import { ProblemError } from './problem.js';
import { problems } from './problem-responses.js';

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

const DESCRIPTION = `Messages are JSON texts. A client sends a \`ClientMessage\`: first \`hello\`, with the token of its session,
within ${TIMING.helloMs / 1000} seconds. It receives a \`ServerMessage\` or a \`RunEvent\`; one that answers a message repeats its \`id\`.
Closed with ${CLOSE.unauthorised} the token is not valid, with ${CLOSE.tooMany} the client sends too much, with ${CLOSE.restart} the server restarts.
A session has at most ${OPEN_STREAMS.perSession} sockets and event streams at a time: a newer one closes the oldest with ${CLOSE.tooManyOpen}.`;

/** The socket of a visit. CORS does not cover sockets, so the page's origin is judged here, before the upgrade. */
export async function socketRoutes(app: App, { allowedOrigins, ...options }: SocketRoutesOptions): Promise<void> {
  app.route({
    method: 'GET',
    url: `${API_PREFIX}/ws`,
    schema: {
      summary: 'The WebSocket of a visit',
      description: DESCRIPTION,
      tags: ['socket'],
      response: { 101: { description: 'The socket is open', type: 'null' }, ...problems('invalid_request') },
    },
    async preValidation(request) {
      if (!mayOpenSocket(allowedOrigins, request.headers.origin)) {
        throw new ProblemError('origin_not_allowed', 'This page is not on the list of pages that may use the demo.');
      }
    },
    async handler() {
      throw new ProblemError('invalid_request', 'This address is a WebSocket: open it with ws:// or wss://.', {
        field: 'Upgrade',
      });
    },
    wsHandler: (socket, request) => void new Connection(socket, request.ip, options),
  });
}
