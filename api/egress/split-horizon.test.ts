import { describe, expect, test } from 'vitest';
import { egressPolicy } from '../../testing/egress-policy.js';
import { startNameServer } from '../../testing/name-server.js';
import { createModelClient } from '../model/client.js';
import { createResolver } from './dns.js';
import { createEgress } from './egress.js';
import { EgressError } from './errors.js';
import { levelRefusal } from './level-refusals.js';

/** What our own name server says about names that it keeps to itself. */
const PRIVATE_ZONE: Record<string, { A?: string[]; AAAA?: string[] }> = {
  'jira.corp.example.org': { A: ['10.0.0.5'] },
  'db.corp.example.org': { AAAA: ['fd00::5'] },
  'here.corp.example.org': { A: ['127.0.0.1'], AAAA: ['::1'] },
  'mixed.corp.example.org': { A: ['93.184.216.34', '192.168.0.7'] },
  'ours.corp.example.org': { A: ['93.184.216.99'] },
  'denied.corp.example.org': { A: ['8.8.8.8'] },
  'crowd.corp.example.org': { A: Array.from({ length: 40 }, (_, index) => `10.0.0.${index}`) },
};
const STEP_MS = 300;

async function tryOut(names: readonly string[]) {
  const nameServer = await startNameServer((name, type) => {
    const known = PRIVATE_ZONE[name];
    return known ? (known[type] ?? []) : { rcode: 3 };
  });
  const egress = createEgress({
    policy: egressPolicy({ ownHosts: ['93.184.216.99'], deny: ['8.8.8.0/24'] }),
    resolve: createResolver({ servers: [nameServer.address] }),
  });
  const client = createModelClient({ egress, timeoutMs: 5_000 });
  const measured = names.map(async (name) => {
    const startedAt = performance.now();
    const result = await client.test({
      endpointUrl: `https://${name}/v1`,
      apiKey: 'sk-visitor-0123456789',
      modelId: 'm',
    });
    return { result, steps: (performance.now() - startedAt) / STEP_MS };
  });
  return Promise.all(measured).finally(() => nameServer.close());
}

describe('a name that leads to an address which is not for visitors', () => {
  test('gets the words of such an address itself, after the time of any refusal', async () => {
    const [typed, missing, ...known] = await tryOut(['10.0.0.5', 'missing.example.org', ...Object.keys(PRIVATE_ZONE)]);
    expect(typed?.result).toMatchObject({ ok: false, error: { type: 'blocked_address', httpStatus: null } });
    for (const { result } of known) expect(result).toEqual(typed?.result);
    for (const { steps } of [typed!, missing!, ...known]) expect(steps).toBeGreaterThan(0.95);
    expect(missing?.result).toMatchObject({ ok: false, error: { type: 'dns' } });
  });
});

describe('a refusal', () => {
  const told = async (code: 'address_denied' | 'dns_not_found' | 'connection_refused', msAgo: number) => {
    const before = performance.now();
    await levelRefusal(new EgressError(code), before - msAgo);
    return performance.now() - before + msAgo;
  };

  test.each(['address_denied', 'dns_not_found'] as const)(
    '%s takes whole steps, however slow the look-up',
    async (code) => {
      expect(await told(code, 1)).toBeGreaterThan(0.98 * STEP_MS);
      expect(await told(code, STEP_MS + 40)).toBeGreaterThan(1.98 * STEP_MS);
    },
  );

  test('by the endpoint itself is told at once', async () => {
    expect(await told('connection_refused', 1)).toBeLessThan(0.9 * STEP_MS);
  });
});
