import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';
import { API_PREFIX } from '../contract/limits.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test.close());

async function withApp<T>(env: Record<string, string>, work: (app: TestApp) => Promise<T>): Promise<T> {
  const app = await openTestApp({ env });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

const json = { 'content-type': 'application/json' };

describe('a refusal', () => {
  it.each([
    ['an unknown route', 'GET', '/nowhere', {}, undefined, 404, 'not_found'],
    ['an address that is none', 'GET', '/%E0%A4%A', {}, undefined, 400, 'invalid_request'],
    ['an endless address', 'GET', `/batch-test/${'x'.repeat(500)}`, {}, undefined, 400, 'invalid_request'],
    ['another method', 'GET', '/cleanup', {}, undefined, 404, 'not_found'],
    ['broken JSON', 'POST', '/configure', json, '{"endpointUrl":', 400, 'invalid_request'],
    ['JSON that is not an object', 'POST', '/configure', json, '"text"', 400, 'invalid_request'],
    ['no body', 'POST', '/configure', {}, undefined, 400, 'invalid_request'],
    ['a poisoned prototype', 'POST', '/configure', json, '{"__proto__":{"a":1}}', 400, 'invalid_request'],
    ['another media type', 'POST', '/configure', { 'content-type': 'text/plain' }, 'x', 415, 'unsupported_media_type'],
    ['too large a body', 'POST', '/configure', json, `{"apiKey":"${'x'.repeat(262_144)}"}`, 413, 'payload_too_large'],
    ['a socket without an upgrade', 'GET', '/ws', {}, undefined, 400, 'invalid_request'],
    ['no token', 'GET', '/session', {}, undefined, 401, 'session_invalid'],
  ] as const)('of %s is problem+json with a stable code', async (_what, method, path, headers, body, status, code) => {
    const response = await test.visitor().request(path, { method, headers, body });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json()).toEqual({
      type: `urn:ftl-atlas:problem:${code}`,
      title: expect.any(String),
      detail: expect.stringMatching(/\.$/),
      status,
      code,
      ...(code === 'invalid_request' && response.json().field ? { field: response.json().field } : {}),
    });
  });

  it.each([
    ['{"endpointUrl":', 'The body must be well-formed JSON.'],
    ['', 'body must be of type object.'],
    ['{"__proto__":{"a":1}}', 'The body must not have a key named __proto__'],
    ['{"constructor":{"prototype":{}}}', 'nor a constructor with a prototype.'],
  ])('says what is wrong with the body %j', async (body, detail) => {
    const response = await test.visitor().request('/configure', { method: 'POST', headers: json, body });
    expect(response.json()).toMatchObject({ field: 'body', detail: expect.stringContaining(detail) });
  });

  it('names the field of a request that is not valid', async () => {
    const body = { endpointUrl: 'https://example.com', apiKey: 5, modelId: 'm' };
    const response = await test.visitor().request('/configure', { method: 'POST', body });
    expect(response.json()).toMatchObject({ field: 'apiKey', detail: 'apiKey must be of type string.' });
  });
});

describe('the rate limit', () => {
  it('is for each address, and says when to come again', async () => {
    await withApp({ RATE_LIMIT_PER_MINUTE: '3', REDIS_URL: '' }, async ({ visitor }) => {
      const [busy, calm] = [visitor(), visitor()];
      for (let count = 0; count < 3; count += 1) expect((await busy.request('/suites')).statusCode).toBe(200);
      const refused = await busy.request('/suites');
      expect(refused.statusCode).toBe(429);
      expect(refused.json()).toMatchObject({ code: 'rate_limited' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.headers['access-control-allow-origin']).toBe('*');
      expect((await calm.request('/suites')).statusCode).toBe(200);
    });
  });

  it('also counts a request whose address is written in another way', async () => {
    await withApp({ RATE_LIMIT_PER_MINUTE: '1', REDIS_URL: '' }, async ({ app, visitor }) => {
      const { headers } = visitor();
      const statuses = [];
      for (const url of ['/%61pi/demo/v2/suites', '/api/demo/v%32/suites']) {
        statuses.push((await app.inject({ url, headers })).statusCode);
      }
      expect(statuses).toEqual([200, 429]);
    });
  });

  it('also counts requests that lead nowhere, but no pages and health checks', async () => {
    await withApp({ RATE_LIMIT_PER_MINUTE: '2', REDIS_URL: '' }, async ({ app, visitor }) => {
      const guessing = visitor();
      const statuses = [];
      for (const path of ['/a', '/b', '/c']) statuses.push((await guessing.request(path)).statusCode);
      expect(statuses).toEqual([404, 404, 429]);
      for (let count = 0; count < 4; count += 1) {
        expect((await app.inject({ url: '/healthz', headers: guessing.headers })).statusCode).toBe(200);
      }
    });
  });

  it('is also for whoever calls the sample model, but for the server itself', async () => {
    const env = { RATE_LIMIT_PER_MINUTE: '2', REDIS_URL: '', TRUST_PROXY: '' };
    await withApp(env, async ({ listen }) => {
      const models = `${await listen()}/sample-model/v1/models`;
      const statuses = [];
      // As a proxy on this machine passes strangers on, when it adds nothing to their requests.
      for (let call = 0; call < 3; call += 1) statuses.push((await fetch(models)).status);
      expect(statuses).toEqual([200, 200, 429]);
    });
    const app = await openTestApp({ env, edges: { modelClient: undefined } });
    const models = `${await app.listen()}/sample-model/v1/models`;
    for (let call = 0; call < 3; call += 1) await fetch(models);
    const body = { endpointUrl: 'http://localhost:8787/sample-model/v1', apiKey: '', modelId: 'sample-model' };
    const visitor = { method: 'POST', url: `${API_PREFIX}/configure`, remoteAddress: '198.51.100.7' } as const;
    expect((await app.app.inject({ ...visitor, body })).statusCode).toBe(201);
    await app.close();
  });
});

describe('a server that closes', () => {
  it('sends new requests away, and says when to come again', async () => {
    const closing = await openTestApp();
    const { promise: draining, resolve: drained } = deferred();
    closing.app.addHook('preClose', () => draining);
    const url = await closing.listen();
    const closed = closing.close();
    await new Promise(setImmediate);
    const responses = await Promise.all([fetch(`${url}/readyz`), fetch(`${url}${API_PREFIX}/suites`)]);
    const problems = await Promise.all(responses.map((response) => response.json()));
    drained();
    await closed;
    for (const { status, headers } of responses) expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(problems).toEqual(problems.map(() => expect.objectContaining({ code: 'busy' })));
  });
});

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('pages of other origins', () => {
  const env = { ALLOWED_ORIGINS: 'https://docs.example.com', PUBLIC_URL: 'https://demo.example.com' };
  const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };

  it('may call the API where they are listed, exactly', async () => {
    await withApp(env, async ({ visitor }) => {
      const from = (origin: string) => visitor().request('/suites', { headers: { origin } });
      for (const origin of ['https://docs.example.com', 'https://demo.example.com']) {
        const response = await from(origin);
        expect(response.statusCode).toBe(200);
        expect(response.headers['access-control-allow-origin']).toBe(origin);
        expect(response.headers.vary).toContain('Origin');
        expect(response.headers['access-control-allow-credentials']).toBeUndefined();
      }
      const strangers = [
        'https://evil.example',
        'https://docs.example.com.evil.example',
        'https://evil-docs.example.com',
        'http://docs.example.com',
        'https://docs.example.com:8443',
        'null',
      ];
      for (const origin of strangers) {
        const response = await from(origin);
        expect(response.statusCode).toBe(403);
        expect(response.json()).toMatchObject({ code: 'origin_not_allowed' });
        expect(response.headers['access-control-allow-origin']).toBeUndefined();
      }
    });
  });

  it('are told beforehand what they may send', async () => {
    await withApp(env, async ({ visitor }) => {
      const headers = { origin: 'https://docs.example.com', ...preflight };
      const response = await visitor().request('/configure', { method: 'OPTIONS', headers });
      expect(response.statusCode).toBe(204);
      expect(response.headers['access-control-allow-origin']).toBe('https://docs.example.com');
      expect(response.headers['access-control-allow-headers']).toContain('Authorization');
      const refused = await visitor().request('/configure', {
        method: 'OPTIONS',
        headers: { ...headers, origin: 'https://evil.example' },
      });
      expect(refused.statusCode).toBe(403);
    });
  });

  it('may be any in development', async () => {
    const response = await test.visitor().request('/suites', { headers: { origin: 'https://anyone.example' } });
    expect(response.headers['access-control-allow-origin']).toBe('*');
  });

  it('are refused however they write the address', async () => {
    await withApp(env, async ({ app }) => {
      const headers = { origin: 'https://evil.example' };
      expect((await app.inject({ url: '/%61pi/demo/v2/suites', headers })).statusCode).toBe(403);
    });
  });

  it('get no metrics and no health checks', async () => {
    const response = await test.app.inject({ url: '/healthz', headers: { origin: 'https://anyone.example' } });
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('every answer of the API', () => {
  it('is kept by nobody, framed by nobody, and sets no cookie', async () => {
    for (const path of ['/config', '/session', '/nowhere']) {
      const { headers } = await test.visitor().request(path);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('forwarded headers', () => {
  const addressSeen = async (env: Record<string, string>, forwarded: string[]) =>
    withApp({ RATE_LIMIT_PER_MINUTE: '1', REDIS_URL: '', ...env }, async ({ app }) => {
      const statuses = [];
      for (const address of forwarded) {
        const headers = { 'x-forwarded-for': address };
        statuses.push((await app.inject({ url: `${API_PREFIX}/suites`, headers })).statusCode);
      }
      return statuses;
    });

  it('are believed only from listed proxies', async () => {
    expect(await addressSeen({}, ['198.51.100.1', '198.51.100.2'])).toEqual([200, 200]);
    expect(await addressSeen({ TRUST_PROXY: '' }, ['198.51.100.1', '198.51.100.2'])).toEqual([200, 429]);
    expect(await addressSeen({ TRUST_PROXY: '192.0.2.0/24' }, ['198.51.100.1', '198.51.100.2'])).toEqual([200, 429]);
  });

  it('do not let a visitor invent an address in front of the one that the proxy saw', async () => {
    expect(await addressSeen({}, ['1.1.1.1, 198.51.100.1', '2.2.2.2, 198.51.100.1'])).toEqual([200, 429]);
  });

  it('are missed, once, where requests for another name come from this machine', async () => {
    const logs = await withApp({ TRUST_PROXY: '' }, async ({ app, logs }) => {
      await app.inject('/healthz');
      expect(logs()).not.toContain('TRUST_PROXY');
      for (let count = 0; count < 3; count += 1)
        await app.inject({ url: '/healthz', headers: { host: 'demo.example' } });
      return logs();
    });
    expect(logs.match(/TRUST_PROXY is off/g)).toHaveLength(1);
  });

  it('are warned of, once, where no proxy is listed', async () => {
    const logs = await withApp({ TRUST_PROXY: '' }, async ({ visitor, logs }) => {
      for (let count = 0; count < 3; count += 1) await visitor().request('/suites');
      return logs();
    });
    expect(logs.match(/TRUST_PROXY is off/g)).toHaveLength(1);
    expect(test.logs()).not.toContain('TRUST_PROXY');
  });
});

describe('the log', () => {
  it('has a line for each request, with its route and without its address', async () => {
    const visitor = test.visitor();
    await visitor.request('/suites?secret=s3cret');
    const line = test.logs().trim().split('\n').at(-1)!;
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/Z$/),
      reqId: expect.any(String),
      method: 'GET',
      route: '/api/demo/v2/suites',
      status: 200,
      ms: expect.any(Number),
      msg: 'request',
    });
    expect(test.logs()).not.toContain(visitor.headers['x-forwarded-for']);
  });
});

const PROXY_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-client-cert',
  'x-real-ip',
  'cf-connecting-ip',
  'cf-ray',
  'client-ip',
  'do-connecting-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'remote-addr',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-original-host',
];

describe('an operator', () => {
  it('sees that the server lives and is ready', async () => {
    expect((await test.app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await test.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('reads metrics from this machine', async () => {
    const { body, headers } = await test.app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toMatch(/^atlas_sessions \d+$/m);
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="/api/demo/v2/suites"');
  });

  it('keeps metrics from everybody else', async () => {
    const strange = [
      { remoteAddress: '198.51.100.1' },
      { headers: { host: 'demo.example' } },
      { headers: { host: 'localhost.evil.example' } },
      { headers: { host: '127.0.0.1.nip.io:8787' } },
      ...PROXY_HEADERS.map((name) => ({ headers: { [name]: '127.0.0.1' } })),
    ];
    for (const options of strange) {
      expect((await test.app.inject({ url: '/metrics', ...options })).statusCode, JSON.stringify(options)).toBe(404);
    }
    for (const host of ['localhost', '127.0.0.1:8787', '[::1]:8787']) {
      expect((await test.app.inject({ url: '/metrics', headers: { host } })).statusCode, host).toBe(200);
    }
  });

  it('reads metrics from this machine wherever the public address leads', async () => {
    await withApp({ PUBLIC_URL: 'https://demo.example' }, async ({ app }) => {
      expect((await app.inject('/metrics')).statusCode).toBe(200);
      expect((await app.inject({ url: '/metrics', headers: { host: 'demo.example' } })).statusCode).toBe(404);
    });
  });

  it('reads metrics from anywhere with the token, once there is one', async () => {
    await withApp({ METRICS_TOKEN: 'scrape-me' }, async ({ app }) => {
      const read = async (authorization: string) =>
        (await app.inject({ url: '/metrics', remoteAddress: '198.51.100.1', headers: { authorization } })).statusCode;
      expect(await read('Bearer scrape-me')).toBe(200);
      expect(await read('Bearer scrape-m')).toBe(404);
      expect((await app.inject('/metrics')).statusCode).toBe(404);
    });
  });
});

describe('the OpenAPI document', () => {
  it('describes every route of the contract with named schemas', async () => {
    const document = (await test.app.inject('/docs/json')).json();
    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const route of [
      'GET /api/demo/v2/config',
      'GET /api/demo/v2/suites',
      'POST /api/demo/v2/configure',
      'GET /api/demo/v2/session',
      'POST /api/demo/v2/batch-test',
      'GET /api/demo/v2/batch-test/{runId}',
      'GET /api/demo/v2/batch-test/{runId}/events',
      'POST /api/demo/v2/batch-test/{runId}/cancel',
      'POST /api/demo/v2/atlas',
      'GET /api/demo/v2/export',
      'POST /api/demo/v2/cleanup',
      'GET /api/demo/v2/ws',
      'GET /healthz',
      'GET /readyz',
      'GET /metrics',
      'POST /sample-model/v1/chat/completions',
      'GET /sample-model/v1/models',
    ]) {
      expect(routes).toContain(route);
    }
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Session', 'Run', 'Row', 'Problem']),
    );
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['ClientMessage', 'ServerMessage', 'RunEvent']),
    );
    const { schema } = document.paths['/api/demo/v2/session'].get.responses['200'].content['application/json'];
    expect(schema).toEqual({ $ref: '#/components/schemas/Session' });
    expect(JSON.stringify(document)).not.toContain('$id');
  });

  it('names the refusals of each route, as problem+json', async () => {
    const { paths } = (await test.app.inject('/docs/json')).json();
    const refusalsOf = (path: string, method: string) =>
      Object.keys(paths[`/api/demo/v2${path}`][method].responses).filter((status) => Number(status) >= 400);
    const always = ['403', '429', '500', '503'];
    expect(refusalsOf('/config', 'get')).toEqual(always);
    expect(refusalsOf('/session', 'get').sort()).toEqual(['401', ...always]);
    const withBody = ['400', '401', '403', '413', '415', '429', '500', '503'];
    expect(refusalsOf('/configure', 'post').sort()).toEqual([...withBody, '409', '422'].sort());
    expect(refusalsOf('/batch-test', 'post').sort()).toEqual([...withBody, '404', '409', '422'].sort());
    expect(paths['/api/demo/v2/batch-test'].post.responses['409']).toEqual({
      description: expect.stringMatching(/^run_in_progress: .+; credentials_deleted: /),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    for (const [path, methods] of Object.entries<Record<string, { responses: object }>>(paths)) {
      if (!path.startsWith('/api/')) continue;
      for (const [status, { content }] of Object.values(methods).flatMap(({ responses }) =>
        Object.entries(responses),
      )) {
        const isRefusal = status === 'default' || Number(status) >= 400;
        if (isRefusal) expect(Object.keys(content), `${path} ${status}`).toEqual(['application/problem+json']);
      }
    }
  });

  it('names what the answers are, whatever their media type', async () => {
    const { paths } = (await test.app.inject('/docs/json')).json();
    const typesOf = (path: string) =>
      Object.keys(paths[path].get.responses['200'].content).map((type) => type.split(';')[0]);
    expect(typesOf('/api/demo/v2/batch-test/{runId}/events')).toEqual(['text/event-stream']);
    expect(typesOf('/api/demo/v2/export')).toEqual(
      expect.arrayContaining(['text/csv', 'application/pdf', 'application/json']),
    );
    expect(typesOf('/metrics')).toEqual(['text/plain']);
    for (const path of ['/healthz', '/readyz', '/sample-model/v1/models']) {
      expect(paths[path].get.responses['200'].content['application/json'].schema.properties, path).toBeDefined();
    }
    const completion = paths['/sample-model/v1/chat/completions'].post.responses['200'].content;
    expect(Object.keys(completion)).toEqual(['application/json', 'text/event-stream']);
  });

  it('can be read by a person', async () => {
    const page = await test.app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });
});
