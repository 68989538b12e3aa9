import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = (response: ServerResponse) => void;

/** The model that an operator may set to help Atlas: it answers as it is told, and keeps all that it was sent. */
export async function startHelpingModel() {
  let reply: Reply = (response) => response.writeHead(503).end();
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body}`);
    reply(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Method, path, headers and body of each request. */
    received,
    replies(next: Reply): void {
      reply = next;
      received.length = 0;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Says one text, as a chat completion does. */
export const saying =
  (content: string): Reply =>
  (response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] }));
