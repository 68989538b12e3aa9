import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An OpenAI-compatible endpoint that gives the key away in whatever place it can. */
export interface EchoUpstream {
  url: string;
  hostPort: string;
  /** The keys that it was called with. */
  keys: Set<string>;
  close(): void;
}

type Echo = (key: string, response: ServerResponse) => void | Promise<void>;

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const completion = (content: string, over: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  ...over,
});

const formsOf = (key: string) => {
  const bytes = Buffer.from(key);
  return [key, key.slice(0, 10), bytes.toString('base64'), bytes.toString('base64url'), encodeURIComponent(key)];
};

function openStream(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (body: unknown) => response.write(`data: ${JSON.stringify(body)}\n\n`);
  const choice = (delta: object, finish: string | null = null) =>
    event({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  return { event, choice };
}

/** By the name that a prompt, or the model's id, calls for: `echo:error`. */
const ECHOES: Record<string, Echo> = {
  refusal: (key, response) => void json(response, 401, { error: { message: `Incorrect API key provided: ${key}` } }),
  error: (key, response) =>
    void json(response, 400, { error: { message: formsOf(key).join(' '), type: key, code: key, param: key } }),
  'error-header': (key, response) =>
    void json(response, 400, {}, { 'x-request-id': key, 'www-authenticate': `Bearer realm="${key.slice(0, 12)}"` }),
  'error-page': (key, response) =>
    void response.writeHead(422, { 'content-type': 'text/html' }).end(`<h1>Bad key ${key}</h1>`),
  redirect: (key, response) =>
    void response.writeHead(302, { location: `https://elsewhere.example/?key=${encodeURIComponent(key)}` }).end(),
  answer: (key, response) => void json(response, 200, completion(`Your key: ${formsOf(key).join(', ')}.`)),
  fields: (key, response) => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: key }];
    json(response, 200, completion('', { id: key, model: key, system_fingerprint: key, choices }));
  },
  foreign: (key, response) => void json(response, 200, { key, answer: key }),
  stream: (key, response) => {
    const { choice, event } = openStream(response);
    for (const character of `Your key: ${key}.`) choice({ content: character });
    choice({}, 'stop');
    event('[DONE]');
    response.end();
  },
  'broken-stream': async (key, response) => {
    const { choice } = openStream(response);
    choice({ content: `Your key begins with ${key.slice(0, 14)}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
    response.destroy();
  },
  'stream-error': (key, response) => {
    const { choice, event } = openStream(response);
    choice({ content: 'Your key' });
    event({ error: { message: `is ${key}`, type: 'server_error' } });
    response.end();
  },
  silence: () => {},
};

export const ECHO_NAMES: readonly string[] = Object.keys(ECHOES);

export async function startEchoUpstream(): Promise<EchoUpstream> {
  const keys = new Set<string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    keys.add(key);
    const body = await text(request);
    const name = /echo:([a-z-]+)/.exec(body)?.[1];
    if (request.method === 'GET') json(response, 200, { data: [{ id: 'm' }, { id: `m-${key}` }] });
    else if (name) await ECHOES[name]!(key, response);
    else json(response, 200, completion('Hello.'));
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${hostPort}/v1`,
    hostPort,
    keys,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
