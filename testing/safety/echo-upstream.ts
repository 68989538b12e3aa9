import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DISGUISES } from './disguises.js';

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

/** The key in every disguise, one a line. */
const everyForm = (key: string) =>
  Object.values(DISGUISES)
    .map((write) => write(key))
    .join(' \n');
/** What a host or the name of a header can hold of it. */
const lettersOf = (key: string) => key.replace(/[^a-z0-9]/gi, '');

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
    void json(response, 400, { error: { message: `Bad key ${key}`, type: key, code: key, param: key } }),
  'error-header': (key, response) =>
    void json(response, 400, {}, { 'x-request-id': key, 'www-authenticate': `Bearer realm="${key.slice(0, 12)}"` }),
  'error-page': (key, response) =>
    void response.writeHead(422, { 'content-type': 'text/html' }).end(`<h1>Bad key ${key}</h1>`),
  redirect: (key, response) =>
    void response.writeHead(302, { location: `https://elsewhere.example/?key=${encodeURIComponent(key)}` }).end(),
  'redirect-host': (key, response) =>
    void response.writeHead(307, { location: `https://${lettersOf(key)}.elsewhere.example/v1` }).end(),
  'redirect-raw': (key, response) => void response.writeHead(308, { location: `//${key}@elsewhere.example/` }).end(),
  'header-name': (key, response) => {
    const name = `x-${lettersOf(key)}`;
    response.writeHead(400, { [name]: key, 'content-type': 'text/plain', trailer: name }).end(everyForm(key));
  },
  'status-text': (key, response) => void response.writeHead(403, `No ${key}`).end(),
  answer: (key, response) => void json(response, 200, completion(`Your key: ${everyForm(key)}.`)),
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
  'cut-stream': async (key, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const contents = everyForm(key).match(/.{1,5}/gs) ?? [];
    const events = contents.map(
      (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`,
    );
    for (const piece of `${events.join('')}data: [DONE]\n\n`.match(/.{1,997}/gs) ?? []) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
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

/** The same as an error, in each disguise: `form-0`, `form-1`, … */
Object.values(DISGUISES).forEach((write, number) => {
  ECHOES[`form-${number}`] = (key, response) =>
    void json(response, 400, { error: { message: `Cannot read ${write(key)}. Try another.` } });
});

export const ECHO_NAMES: readonly string[] = Object.keys(ECHOES);

export async function startEchoUpstream(): Promise<EchoUpstream> {
  const keys = new Set<string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    keys.add(key);
    const body = await text(request);
    const name = /echo:([a-z0-9-]+)/.exec(body)?.[1];
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
