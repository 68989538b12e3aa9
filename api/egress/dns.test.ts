import { afterEach, describe, expect, test } from 'vitest';
import { type NameServer, startNameServer, type Zone } from '../../testing/name-server.js';
import { createResolver } from './dns.js';

let server: NameServer;
afterEach(() => server.close());

async function resolverOver(zone: Zone, timeoutMs?: number) {
  server = await startNameServer(zone);
  return createResolver({ servers: [server.address], timeoutMs });
}

describe('looking a name up', () => {
  test('returns every A and AAAA record', async () => {
    const resolve = await resolverOver((_, type) => (type === 'A' ? ['8.8.8.8', '1.1.1.1'] : ['2606:4700::1']));
    expect(await resolve('llm.example.org')).toEqual(['8.8.8.8', '1.1.1.1', '2606:4700::1']);
  });

  test('one family is enough', async () => {
    const resolve = await resolverOver((_, type) => (type === 'A' ? { rcode: 3 } : ['2606:4700::1']));
    expect(await resolve('llm.example.org')).toEqual(['2606:4700::1']);
  });

  test('a name that does not exist is not found', async () => {
    const resolve = await resolverOver(() => ({ rcode: 3 }));
    await expect(resolve('no.example.org')).rejects.toMatchObject({ code: 'dns_not_found', type: 'dns' });
  });

  test('a name without addresses is not found', async () => {
    const resolve = await resolverOver(() => []);
    await expect(resolve('empty.example.org')).rejects.toMatchObject({ code: 'dns_not_found' });
  });

  test('a name server that fails is told apart', async () => {
    const resolve = await resolverOver(() => ({ rcode: 2 }));
    await expect(resolve('broken.example.org')).rejects.toMatchObject({ code: 'dns_failed', type: 'dns' });
  });

  test('a name server that says nothing is given up', async () => {
    const resolve = await resolverOver(() => null, 50);
    await expect(resolve('silent.example.org')).rejects.toMatchObject({ code: 'dns_failed' });
  });
});
