import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({
    env: {
      PUBLIC_URL: 'https://demo.example.com',
      ALLOWED_ORIGINS: 'https://www.example.com,https://docs.example.com',
    },
  });
});
afterAll(() => test.close());

const directive = (policy: unknown, name: string) =>
  String(policy)
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);

describe('the page for the frame of an isolated element', () => {
  it('may be framed by pages of the allowed origins and by our own, and by no others', async () => {
    const { statusCode, headers } = await test.app.inject('/frame');
    expect(statusCode).toBe(200);
    const ancestors = directive(headers['content-security-policy'], 'frame-ancestors');
    expect(ancestors?.split(' ').sort()).toEqual([
      'https://demo.example.com',
      'https://docs.example.com',
      'https://www.example.com',
    ]);
    // It knows no list of origins, and would forbid them all.
    expect(headers['x-frame-options']).toBeUndefined();
  });

  it('may be framed by every page where every page may use the API', async () => {
    const open = await openTestApp({ env: { ALLOWED_ORIGINS: '*' } });
    const { headers } = await open.app.inject('/frame');
    await open.close();
    expect(directive(headers['content-security-policy'], 'frame-ancestors')).toBe('*');
  });

  it('runs our script alone, enforces Trusted Types and talks to this server alone', async () => {
    const { headers, body } = await test.app.inject('/frame');
    const policy = headers['content-security-policy'];
    expect(directive(policy, 'default-src')).toBe("'none'");
    expect(directive(policy, 'script-src')).toBe("'self'");
    expect(directive(policy, 'connect-src')).toBe("'self' wss://demo.example.com");
    expect(directive(policy, 'trusted-types')).toBe('ftlAtlas');
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style|style=|onload/);
  });

  it('keeps no cookie, tells nobody where it is, and asks for no device', async () => {
    const { headers } = await test.app.inject('/frame');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('clipboard-write=(self)');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('has a script that this server serves', async () => {
    const { body } = await test.app.inject('/frame');
    const source = /src="([^"]+)"/.exec(body)?.[1] ?? '';
    const { statusCode, headers } = await test.app.inject(new URL(source, 'https://demo.example.com/frame').pathname);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('javascript');
  });

  it('leaves the rest of the server as it was: no other page may be framed', async () => {
    for (const url of ['/', '/docs/static/index.html', '/health']) {
      const { headers } = await test.app.inject(url);
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
    }
  });
});
