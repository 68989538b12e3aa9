import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { egressPolicy } from '../../testing/egress-policy.js';
import { createEgress } from '../egress/egress.js';
import { createModelClient, type ModelClient } from './client.js';
import { COMMON_PROFILE } from './profile.js';

const KEY = 'sk-test-0123456789abcdef';
const REQUEST = { prompt: 'Hi', systemPrompt: 'Be brief.', maxTokens: 50, temperature: 0.5 };

interface Seen {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown> | null;
}
type Answer = (seen: Seen, response: ServerResponse) => void | Promise<void>;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  vi.unstubAllEnvs();
});

/** An endpoint that answers as it is told, and a client that may call it. */
async function serve(answer: Answer) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const one = { path: request.url ?? '', headers: request.headers, body: text === '' ? null : JSON.parse(text) };
    seen.push(one);
    await answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const egress = createEgress({ policy: egressPolicy({ exempt: [{ hostPort: host }] }) });
  return { url: `http://${host}`, seen, client: createModelClient({ egress, timeoutMs: 15_000 }) };
}

const json = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const completion = { model: 'echo-1', choices: [{ index: 0, message: { content: 'ready' }, finish_reason: 'stop' }] };
const answerAt =
  (path: string): Answer =>
  ({ path: asked }, response) =>
    asked === `${path}/chat/completions`
      ? json(response, 200, completion)
      : json(response, 404, { detail: 'Not Found' });

const tryOut = (client: ModelClient, endpointUrl: string, apiKey = KEY) =>
  client.test({ endpointUrl, apiKey, modelId: 'm' });

function connect(client: ModelClient, endpointUrl: string, apiKey = KEY) {
  const connection = client.connect({ endpointUrl, apiKey, modelId: 'm', profile: COMMON_PROFILE });
  closers.unshift(connection.close);
  const ask = (signal = new AbortController().signal) => connection.complete(REQUEST, { signal, callsLeft: 3 });
  return { ask, close: connection.close };
}

describe('finding the form of the address that works', () => {
  test.each([
    ['', '/v1', '/v1'],
    ['/', '/v1', '/v1'],
    ['', '', ''],
    ['/v1', '/v1', '/v1'],
    ['/v1/', '/v1', '/v1'],
    ['/v1', '', ''],
    ['/v1/chat/completions', '/v1', '/v1'],
    ['/proxy', '/proxy/v1', '/proxy/v1'],
    ['/inference/v1', '/inference/v1', '/inference/v1'],
    ['/v1?api-version=2', '/v1', '/v1?api-version=2'],
  ])('%s, where the API is at %s', async (entered, served, found) => {
    const { url, client } = await serve((seen, response) =>
      answerAt(served)({ ...seen, path: seen.path.replace(/\?.*/, '') }, response),
    );
    expect(await tryOut(client, url + entered)).toMatchObject({ ok: true, endpointUrl: url + found });
  });

  test('knows LM Studio’s way to say that a path is wrong', async () => {
    const { url, client } = await serve(({ path }, response) => {
      if (path === '/v1/chat/completions') return json(response, 200, completion);
      json(response, 200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' });
    });
    expect(await tryOut(client, `${url}/chat/completions`)).toMatchObject({ ok: true, endpointUrl: `${url}/v1` });
  });

  test('says what the first form answered where none works', async () => {
    const { url, client, seen } = await serve((_, response) => json(response, 404, { detail: 'Not Found' }));
    const result = await tryOut(client, url);
    expect(result).toMatchObject({ ok: false, error: { type: 'bad_request', httpStatus: 404 } });
    expect(seen.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/chat/completions']);
  });

  test('asks no further once the endpoint has understood', async () => {
    const { url, client, seen } = await serve((_, response) => json(response, 401, { error: { message: 'no' } }));
    expect(await tryOut(client, url)).toMatchObject({ ok: false, error: { type: 'auth' } });
    expect(seen).toHaveLength(1);
  });
});

describe('the connection test', () => {
  test('says how fast it was, what answered, and which models there are', async () => {
    const { url, client, seen } = await serve(({ path }, response) =>
      path === '/v1/models'
        ? json(response, 200, { data: [{ id: 'a' }, { id: 'b' }] })
        : json(response, 200, completion),
    );
    const result = await tryOut(client, `${url}/v1`);
    expect(result).toMatchObject({ ok: true, profile: COMMON_PROFILE });
    expect(result.ok && result.connection).toEqual({
      latencyMs: expect.any(Number),
      firstTokenMs: null,
      models: ['a', 'b'],
      modelEcho: 'echo-1',
      preview: 'ready',
    });
    expect(seen[0]?.body).toMatchObject({ model: 'm', max_tokens: expect.any(Number), stream: true });
  });

  test.each([
    ['a bare list', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
    ['names', { models: [{ name: 'a' }] }, ['a']],
    ['strings', { data: ['a'] }, ['a']],
    ['nonsense', { data: { a: 1 } }, []],
    ['the key', { data: [{ id: KEY }] }, ['[key removed]']],
  ])('takes models as %s', async (_, list, models) => {
    const { url, client } = await serve(({ path }, response) =>
      json(response, 200, path.endsWith('/models') ? list : completion),
    );
    const result = await tryOut(client, url);
    expect(result.ok && result.connection.models).toEqual(models);
  });

  test('does without the models where the list fails or dawdles', async () => {
    const { url, client } = await serve(({ path }, response) => {
      if (!path.endsWith('/models')) json(response, 200, completion);
    });
    const result = await tryOut(client, url);
    expect(result.ok && result.connection.models).toEqual([]);
  });

  test('names the models that there are, where this one is not', async () => {
    const { url, client } = await serve(({ path }, response) =>
      path === '/v1/models'
        ? json(response, 200, ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
        : json(response, 404, { error: { message: 'The model `m` does not exist', code: 'model_not_found' } }),
    );
    const result = await tryOut(client, url);
    expect(result).toMatchObject({ ok: false, error: { type: 'model_not_found' } });
    expect(result.ok === false && result.hint).toMatch(/ This endpoint lists: a, b, c, d, e and 2 more\.$/);
  });

  test('takes an answer that is empty because the tokens went into reasoning', async () => {
    const { url, client } = await serve((_, response) =>
      json(response, 200, { choices: [{ message: { content: '', reasoning: 'hm' }, finish_reason: 'length' }] }),
    );
    expect(await tryOut(client, url)).toMatchObject({ ok: true });
  });

  test.each(['sk abc', 'sk-abc\n', 'schlüssel', '🔑', 'x'.repeat(513)])('calls nobody with the key %j', async (key) => {
    const { url, client, seen } = await serve((_, response) => json(response, 200, completion));
    const result = await tryOut(client, url, key);
    expect(result).toMatchObject({ ok: false, error: { type: 'bad_request' } });
    expect(JSON.stringify(result)).not.toContain(key);
    expect(seen).toEqual([]);
  });

  test.each([
    ['an address', { path: '/v1?key=sk+in/two-fields' }],
    ['an address, encoded,', { path: '/v1?key=sk%2Bin%2ftwo-fields' }],
    ['a model id', { modelId: 'sk+in/two-fields' }],
  ])('refuses %s that has the key in it', async (_, { path = '/v1', modelId = 'm' }: Record<string, string>) => {
    const apiKey = 'sk+in/two-fields';
    const { url, client, seen } = await serve((_, response) => json(response, 200, completion));
    const result = await client.test({ endpointUrl: url + path, apiKey, modelId });
    expect(result).toMatchObject({ ok: false, error: { type: 'bad_request' } });
    expect(JSON.stringify(result)).not.toContain('two-fields');
    expect(seen).toEqual([]);
  });

  test.each([
    'https://169.254.169.254/v1',
    'https://localhost/v1',
    'http://10.0.0.1:8000',
    'nonsense',
    'https://a@b.c/',
  ])('blocks %s', async (endpointUrl) => {
    const { client } = await serve((_, response) => json(response, 200, completion));
    const result = await tryOut(client, endpointUrl);
    expect(result).toMatchObject({ ok: false, error: { type: 'blocked_address', httpStatus: null } });
  });

  test('can be called off', async () => {
    const { url, client } = await serve(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const result = await client.test({ endpointUrl: url, apiKey: KEY, modelId: 'm' }, stop.signal);
    expect(result).toMatchObject({ ok: false, error: { type: 'cancelled' } });
  });
});

describe('a connection', () => {
  test('sends what was asked, and nothing of our environment', async () => {
    for (const name of ['API_KEY', 'ADMIN_KEY', 'ORG_ID', 'PROJECT_ID', 'BASE_URL', 'LOG']) {
      vi.stubEnv(`OPENAI_${name}`, 'ambient');
    }
    const { url, client, seen } = await serve((_, response) => json(response, 200, completion));
    await connect(client, `${url}/v1?api-version=2`).ask();
    expect(seen[0]?.path).toBe('/v1/chat/completions?api-version=2');
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(seen[0]?.body).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      max_tokens: 50,
      temperature: 0.5,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(JSON.stringify(seen)).not.toContain('ambient');
    expect(
      Object.keys(seen[0]?.headers ?? {}).filter((name) => name.startsWith('x-') || name.startsWith('openai')),
    ).toEqual([]);
  });

  test('sends no Authorization header without a key', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'ambient');
    const { url, client, seen } = await serve((_, response) => json(response, 200, completion));
    expect(await connect(client, url, '').ask()).toMatchObject({ status: 'ok' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  test('times the first token and the finish reason, not what follows', async () => {
    const { url, client } = await serve(async (_, response) => {
      const event = (body: object) => response.write(`data: ${JSON.stringify(body)}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await sleep(100);
      event({ choices: [{ delta: { content: 'Hi' }, finish_reason: null }] });
      await sleep(100);
      event({ choices: [{ delta: {}, finish_reason: 'stop' }] });
      await sleep(1_500);
      event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
      response.end('data: [DONE]\n\n');
    });
    const { latencyMs, firstTokenMs, usage } = await connect(client, url).ask();
    expect(firstTokenMs).toBeGreaterThan(95);
    expect(latencyMs! - firstTokenMs!).toBeGreaterThan(95);
    expect(latencyMs! - firstTokenMs!).toBeLessThan(1_000);
    expect(usage).toEqual({ inputTokens: 1, outputTokens: 1, totalTokens: 2 });
  });

  test('learns the dialect once', async () => {
    const { url, client, seen } = await serve(({ body }, response) =>
      body?.stream_options
        ? json(response, 422, { detail: [{ loc: ['body', 'stream_options'], msg: 'extra' }] })
        : json(response, 200, completion),
    );
    const { ask } = connect(client, url);
    expect((await ask()).calls).toBe(2);
    expect((await ask()).calls).toBe(1);
    expect(seen).toHaveLength(3);
  });

  test('gives up more than one field, within the calls that are left', async () => {
    const { url, client } = await serve(({ body }, response) => {
      const unknown = ['stream_options', 'temperature'].find((field) => body?.[field] !== undefined);
      if (unknown) return json(response, 400, { error: { message: 'Unsupported parameter', param: unknown } });
      json(response, 200, completion);
    });
    expect(await connect(client, url).ask()).toMatchObject({ status: 'ok', calls: 3 });
  });

  test('keeps no dialect that did not help', async () => {
    const { url, client, seen } = await serve((_, response) =>
      json(response, 400, { error: { message: 'Unsupported parameter: temperature' } }),
    );
    const { ask } = connect(client, url);
    expect(await ask()).toMatchObject({ status: 'error', calls: 2, error: { type: 'bad_request' } });
    await ask();
    expect(seen.map(({ body }) => body?.temperature)).toEqual([0.5, undefined, 0.5, undefined]);
  });

  test('stops when it is told to, and the endpoint notices', async () => {
    let noticed = false;
    const stop = new AbortController();
    const { url, client } = await serve(async (_, response) => {
      response.on('close', () => {
        noticed = true;
      });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: 'Hi' } }] })}\n\n`);
      // Turns of the loop, not time alone: after a stall the timer would come before what has been written.
      for (let turn = 0; turn < 20; turn += 1) await sleep(5);
      stop.abort();
    });
    const outcome = await connect(client, url).ask(stop.signal);
    expect(outcome).toMatchObject({ status: 'cancelled', text: 'Hi', error: { type: 'cancelled' }, retry: null });
    await vi.waitFor(() => expect(noticed).toBe(true), 5_000);
  });

  test('ends what is under way when it is closed', async () => {
    const { url, client } = await serve(() => {});
    const { ask, close } = connect(client, url);
    const outcome = ask();
    await sleep(50);
    await close();
    expect(await outcome).toMatchObject({ status: 'error', error: { type: 'connection' } });
  });

  test('answers many at once over connections that serve again', async () => {
    const sockets = new Set<unknown>();
    const { url, client } = await serve(async (_, response) => {
      sockets.add(response.socket);
      await sleep(20);
      json(response, 200, completion);
    });
    const { ask } = connect(client, url);
    for (let round = 0; round < 4; round += 1) {
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask()));
      expect(outcomes.map(({ status }) => status)).toEqual(Array(10).fill('ok'));
    }
    // The pool opens a second one each at most, where ten answers end in one tick.
    expect(sockets.size).toBeLessThanOrEqual(20);
  });
});
