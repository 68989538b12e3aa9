import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { egressPolicy } from '../../testing/egress-policy.js';
import { createEgress } from '../egress/egress.js';
import { createJsonModel } from './json-model.js';

let server: Server;
let received: { headers: Record<string, unknown>; body: Record<string, unknown> };
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received = { headers: request.headers, body: JSON.parse(text) };
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

function jsonModel(timeoutMs = 2_000) {
  const { port } = server.address() as AddressInfo;
  const egress = createEgress({ policy: egressPolicy({ exempt: [{ hostPort: `127.0.0.1:${port}` }] }) });
  const endpoint = { endpointUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'helper-key-1234', modelId: 'helper' };
  return createJsonModel({ egress, endpoint, timeoutMs });
}

const completion = (content: string) =>
  JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });
const ask = (timeoutMs?: number) => jsonModel(timeoutMs)([{ role: 'user', content: 'how slow?' }], { type: 'object' });

test('sends the messages with the strict schema and the operator’s key, and returns the text', async () => {
  answer = (response) => response.end(completion('{"queries":[]}'));
  expect(await ask()).toBe('{"queries":[]}');
  expect(received.headers.authorization).toBe('Bearer helper-key-1234');
  expect(received.body).toMatchObject({
    model: 'helper',
    messages: [{ role: 'user', content: 'how slow?' }],
    response_format: { type: 'json_schema', json_schema: { strict: true, schema: { type: 'object' } } },
  });
});

test('fails on an error, on a cut answer and on silence', async () => {
  answer = (response) => response.writeHead(500).end('{}');
  await expect(ask()).rejects.toThrow('500');
  answer = (response) => response.end('{"choices": [');
  await expect(ask()).rejects.toThrow();
  answer = () => {};
  await expect(ask(200)).rejects.toThrow();
});
