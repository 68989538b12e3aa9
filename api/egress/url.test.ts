import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { egressPolicy } from '../../testing/egress-policy.js';
import { createEgress } from './egress.js';
import { EgressError } from './errors.js';
import type { EgressPolicy } from './policy.js';

const check = (url: string, policy: Partial<EgressPolicy> = {}) =>
  createEgress({ policy: egressPolicy(policy) }).check(url);
const strict = createEgress({ policy: egressPolicy() });
const judge = (url: string, policy: Partial<EgressPolicy> = {}) =>
  createEgress({ policy: egressPolicy(policy) }).judge(url);

describe('the URL policy', () => {
  test('hands a good address on, without the dot that a name may end in', async () => {
    expect((await check('https://API.example.org./v1')).href).toBe('https://api.example.org/v1');
  });

  test('never names what it refused, whatever is typed', () => {
    const fragments = [
      'https://',
      'http://',
      '127.0.0.1',
      'api.example.org',
      '@',
      ':',
      '443',
      '/v1',
      '。',
      'ü',
      '%',
      '[',
      ']',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...fragments)).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (url) => {
        const { verdict, reason } = strict.judge(url);
        expect(['allow', 'block']).toContain(verdict);
        expect(reason).toMatch(/^[a-z0-9_-]+$/);
      }),
    );
  });

  test('takes international names, but not in letters that only look like theirs', () => {
    for (const host of ['münchen.de', '例え。テスト.jp', 'bücher.example.org']) {
      expect(judge(`https://${host}/v1`).verdict, host).toBe('allow');
    }
    for (const host of ['ｍünchen.de', 'mün①hen.de', 'münchen．de', 'mün\u00adchen.de']) {
      expect(judge(`https://${host}/v1`).verdict, host).toBe('block');
    }
  });

  test('denies our own names, what is below them, and our own addresses', () => {
    const policy = { ownHosts: ['demo.example.org', '93.184.216.34', '[2606:4700::1]'] };
    for (const host of [
      'demo.example.org',
      'x.demo.example.org',
      '93.184.216.34',
      '[2606:4700::1]',
      '[2606:4700:0::1]',
    ]) {
      expect(judge(`https://${host}/v1`, policy).verdict, host).toBe('block');
    }
    expect(judge('https://notdemo.example.org/v1', policy).verdict).toBe('allow');
    const lookups = [{ A: ['93.184.216.34'] }];
    const guard = createEgress({ policy: egressPolicy(policy) });
    expect(guard.judge('https://elsewhere.example.org/v1', lookups).verdict).toBe('block');
  });

  test('lets listed private endpoints through, on exactly their host and port', () => {
    const policy = { exempt: [{ hostPort: '127.0.0.1:8000' }, { hostPort: 'Ollama:99' }, { hostPort: '[::1]:8000' }] };
    for (const url of [
      'http://127.0.0.1:8000/v1',
      'https://127.0.0.1:8000',
      'http://ollama:99/v1',
      'http://[::1]:8000/',
    ]) {
      expect(judge(url, policy), url).toEqual({ verdict: 'allow', reason: 'exempt' });
    }
    for (const url of [
      'http://127.0.0.1:8001/v1',
      'http://127.0.0.2:8000/v1',
      'http://ollama/v1',
      'http://u@ollama:99/v1',
    ]) {
      expect(judge(url, policy).verdict, url).toBe('block');
    }
  });

  test('lets the sample model through, and no other path of our host', () => {
    const policy = {
      ownHosts: ['demo.example.org'],
      exempt: [
        {
          urlPrefix: 'https://Demo.example.org:443/sample-model/',
          dialOrigin: () => 'http://127.0.0.1:1',
          headers: {},
        },
      ],
    };
    for (const path of ['/sample-model', '/sample-model/', '/sample-model/v1/chat/completions']) {
      expect(judge(`https://demo.example.org${path}`, policy).verdict, path).toBe('allow');
    }
    for (const path of ['/v1', '/sample-model/../api', '/sample-model/%2e%2e/api', '/sample-models/v1']) {
      expect(judge(`https://demo.example.org${path}`, policy).verdict, path).toBe('block');
    }
  });

  test('has one wording and one time for every target that is blocked', async () => {
    const targets = [
      'https://10.0.0.1/v1',
      'https://metadata.google.internal/v1',
      'https://redis/v1',
      'https://demo.example.org/',
    ];
    const refusals = targets.map(async (url) => {
      const startedAt = performance.now();
      const error = await check(url, { ownHosts: ['demo.example.org'] }).catch((refused) => refused);
      expect(performance.now() - startedAt, url).toBeGreaterThan(250);
      return error;
    });
    for (const error of await Promise.all(refusals)) {
      expect(error).toBeInstanceOf(EgressError);
      expect([error.message, error.type]).toEqual(['address_denied', 'blocked_address']);
    }
  });

  test.each([
    ['https_required', 'http://llm.example.org/v1'],
    ['port_denied', 'https://llm.example.org:22/v1'],
    ['url_invalid', 'https://u:p@llm.example.org/v1'],
    ['url_too_long', `https://llm.example.org/${'a'.repeat(3000)}`],
  ])('says what is wrong: %s', async (code, url) => {
    await expect(check(url)).rejects.toMatchObject({ code });
  });

  test('allows plain http where the operator does, on port 80 and the usual ones', () => {
    const policy = { allowPlainHttp: true };
    expect(judge('http://llm.example.org/v1', policy).verdict).toBe('allow');
    expect(judge('http://llm.example.org:8000/v1', policy).verdict).toBe('allow');
    expect(judge('http://llm.example.org:443/v1', policy).verdict).toBe('block');
    expect(judge('https://llm.example.org:80/v1', policy).verdict).toBe('block');
    expect(judge('http://127.0.0.1/v1', policy).verdict).toBe('block');
  });
});
