import { readdirSync } from 'node:fs';
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

  it('has chunks that are never asked for again', async () => {
    for (const name of readdirSync(pathFromRoot('dist/widget/chunks')).filter((file) => file.endsWith('.js'))) {
      const { headers } = await test.app.inject(`/widget/chunks/${name}`);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['access-control-allow-origin']).toBe('*');
    }
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
