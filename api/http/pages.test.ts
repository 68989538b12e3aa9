import { readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';
import { pathFromRoot } from '../root.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({
    env: { PUBLIC_URL: 'https://demo.example.com', ALLOWED_ORIGINS: 'https://www.example.com' },
  });
});
afterAll(() => test.close());

describe('the widget’s script', () => {
  it('may be loaded by every page, and is asked for again when it may have changed', async () => {
    const headers = { origin: 'https://anywhere.example' };
    const response = await test.app.inject({ url: '/widget/ftl-atlas-demo.js', headers });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('javascript'),
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
  });

  it.each(['br', 'gzip', 'identity'])('is sent as %s with the name of its map, which is there', async (encoding) => {
    const headers = { 'accept-encoding': encoding };
    for (const name of ['ftl-atlas-demo.js', 'ftl-atlas-demo.iife.js']) {
      const url = `/widget/${name}`;
      const script = await test.app.inject({ url, headers });
      expect(script.headers.sourcemap).toBe(`${name}.map`);

      const map = await test.app.inject({ url: `/widget/${script.headers.sourcemap}` });
      expect(map.json().file).toBe(name);
      expect(map.headers.sourcemap).toBeUndefined();
    }
  });

  it('has chunks that are never asked for again', async () => {
    for (const name of readdirSync(pathFromRoot('dist/widget/chunks')).filter((file) => file.endsWith('.js'))) {
      const { headers } = await test.app.inject(`/widget/chunks/${name}`);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['access-control-allow-origin']).toBe('*');
    }
  });
});

describe('compressed files', () => {
  const file = readdirSync(pathFromRoot('dist/widget/chunks')).find((name) => /^visit-.+\.js$/.test(name));
  const path = `/widget/chunks/${file}`;
  const onDisk = pathFromRoot(`dist${path}`);
  let server: string;
  beforeAll(async () => {
    server = await test.listen();
  });
  const load = (accepted: string, method = 'GET') =>
    fetch(server + path, { method, headers: { 'accept-encoding': accepted, origin: 'https://anywhere.example' } });

  it.each([
    ['gzip, deflate, br, zstd', 'br', '.br'],
    ['gzip', 'gzip', '.gz'],
    ['br;q=0, gzip', 'gzip', '.gz'],
    ['identity', null, ''],
  ])(
    'for a browser that takes “%s” are sent as %s, with the same content and headers',
    async (accepted, encoding, suffix) => {
      const response = await load(accepted);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/javascript; charset=utf-8',
        'content-length': String(statSync(onDisk + suffix).size),
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'Origin, accept-encoding',
      });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(await response.text()).toBe(readFileSync(onDisk, 'utf8'));

      const head = await load(accepted, 'HEAD');
      expect(Object.fromEntries(head.headers)).toMatchObject({
        'content-length': String(statSync(onDisk + suffix).size),
        etag: response.headers.get('etag'),
      });
    },
  );

  it('have a tag for each encoding, and are not sent again to who has one', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', 'identity'].map(async (name) => (await load(name)).headers.get('etag')),
    );
    expect(new Set(tags).size).toBe(3);
    const headers = { 'accept-encoding': 'br', 'if-none-match': String(tags[0]) };
    expect((await test.app.inject({ url: path, headers })).statusCode).toBe(304);
  });

  it('are continued in the encoding in which they began', async () => {
    const headers = { 'accept-encoding': 'br', range: 'bytes=100-199' };
    const part = await test.app.inject({ url: path, headers });
    expect(part.statusCode).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 100-199/${statSync(`${onDisk}.br`).size}`);
    expect(part.rawPayload).toEqual(readFileSync(`${onDisk}.br`).subarray(100, 200));
  });

  it.each(['.br', '.gz'])('have no address of their own: %s', async (suffix) => {
    expect((await test.app.inject(path + suffix)).statusCode).toBe(404);
  });

  it('are all the files that a build made to be served', async () => {
    for (const url of [
      '/widget/ftl-atlas-demo.js',
      '/widget/sri.json',
      '/widget/ftl-atlas-frame.js',
      '/examples/apps/react.js',
    ]) {
      const { headers } = await test.app.inject({ url, headers: { 'accept-encoding': 'br' } });
      expect(headers['content-encoding'], url).toBe('br');
    }
  });

  it('are nothing of the API’s: its size would tell of what is in it', async () => {
    const { headers } = await test.app.inject({
      url: '/api/demo/v2/config',
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('our own pages', () => {
  it.each(['/', '/examples/partner.html'])('at %s run nothing but what this server serves', async (url) => {
    const { statusCode, headers } = await test.app.inject(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'self' wss://demo.example.com");
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each(['/examples/../package.json', '/widget/%2e%2e/%2e%2e/package.json', '/examples/nothing.html', '/widget/'])(
    'do not lead to %s',
    async (url) => {
      const response = await test.app.inject(url);
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'not_found' });
    },
  );

  it('are sent over https alone where they have an address with https', async () => {
    const { headers } = await test.app.inject('/');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});
