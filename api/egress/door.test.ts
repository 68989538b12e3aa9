import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { egressPolicy } from '../../testing/egress-policy.js';
import { type FaultyUpstream, startFaultyUpstream } from '../../testing/faulty-upstream.js';
import { type NameServer, startNameServer, type Zone } from '../../testing/name-server.js';
import { type Dial, dial } from './connector.js';
import { createResolver } from './dns.js';
import type { Door } from './door.js';
import { createEgress, type EgressOptions } from './egress.js';
import type { EgressPolicy } from './policy.js';
import type { Reply } from './reply.js';

const PUBLIC = '93.184.216.34';
const NAME = 'llm.example.org';
/** Another that the upstream's certificate is for. */
const SECOND_NAME = `second.${NAME}`;
/** For what happens soon, on a machine that may be busy. */
const PATIENCE_MS = 15_000;

let upstream: FaultyUpstream;
beforeAll(async () => {
  upstream = await startFaultyUpstream();
});
afterAll(() => upstream.close());

const opened: Door[] = [];
const nameServers: NameServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((door) => door.close()));
  for (const server of nameServers.splice(0)) server.close();
  upstream.reset();
  vi.unstubAllEnvs();
});

/** A door to the upstream as an operator's private endpoint, over plain http. */
function privateDoor({ policy = {}, timeoutMs = 20_000 }: { policy?: Partial<EgressPolicy>; timeoutMs?: number } = {}) {
  const host = `127.0.0.1:${upstream.ports.http}`;
  const egress = createEgress({ policy: egressPolicy({ exempt: [{ hostPort: host }], ...policy }) });
  return keep(egress.open({ origin: `http://${host}`, timeoutMs }));
}

/** Whatever public address it dials leads to the upstream's TLS port; `dialled` has them all. */
async function publicEgress(zone: Zone, over: Partial<EgressOptions> = {}) {
  const nameServer = await startNameServer(zone);
  nameServers.push(nameServer);
  const dialled: string[] = [];
  const toUpstream: Dial = async (options, timeoutMs, tls) => {
    dialled.push(options.hostname);
    const local = { ...options, hostname: '127.0.0.1', port: String(upstream.ports['tls-good']) };
    const socket = await dial(local, timeoutMs, tls);
    return Object.defineProperty(socket, 'remoteAddress', { value: options.hostname });
  };
  const egress = createEgress({
    policy: egressPolicy(),
    resolve: createResolver({ servers: [nameServer.address] }),
    dial: toUpstream,
    tls: { ca: upstream.ca },
    ...over,
  });
  return { egress, dialled };
}

/** A door to a public name. */
async function publicDoor(zone: Zone, over: Partial<EgressOptions> = {}, origin = `https://${NAME}`) {
  const { egress, dialled } = await publicEgress(zone, over);
  return { door: keep(egress.open({ origin, timeoutMs: 20_000 })), dialled };
}

function keep(door: Door): Door {
  opened.push(door);
  return door;
}

const get = (door: Door, url: string, signal?: AbortSignal) =>
  door.fetch(url, { method: 'GET', headers: new Headers(), ...(signal && { signal }) });

async function read(reply: Reply): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const ask = async (door: Door, fault: string) => read(await get(door, upstream.base(fault)));

describe('what is dialled', () => {
  test('the checked address, with the certificate on the name', async () => {
    const { door, dialled } = await publicDoor((_, type) => (type === 'A' ? [PUBLIC] : []));
    const reply = await get(door, `https://${NAME}/f/ok/v1`);
    expect(reply.status).toBe(200);
    expect(dialled).toEqual([PUBLIC]);
    expect(upstream.log[0]?.headers.host).toBe(NAME);
  });

  test('nothing, where the certificate is for another name', async () => {
    const { door } = await publicDoor(() => [PUBLIC], {}, 'https://other.example.org');
    await expect(get(door, 'https://other.example.org/v1')).rejects.toMatchObject({
      code: 'tls_wrong_name',
      type: 'tls',
    });
    expect(upstream.log).toEqual([]);
  });

  test.each([
    ['a private A record', ['10.0.0.5'], []],
    ['one private record among public ones', [PUBLIC, '10.0.0.5'], []],
    ['a loopback AAAA beside a public A', [PUBLIC], ['::1']],
    ['a mapped address', [], ['::ffff:7f00:1']],
    ['more answers than anyone needs', Array.from({ length: 40 }, (_, i) => `93.184.216.${i + 1}`), []],
  ])('nothing, for %s', async (_, a, aaaa) => {
    const { door, dialled } = await publicDoor((_, type) => (type === 'A' ? a : aaaa));
    await expect(get(door, `https://${NAME}/v1`)).rejects.toMatchObject({
      code: 'address_denied',
      type: 'blocked_address',
    });
    expect(dialled).toEqual([]);
  });

  test('nothing private, when a name changes after it was checked', async () => {
    const { door, dialled } = await publicDoor((_, type, before) => {
      if (type === 'AAAA') return [];
      return before === 0 ? [PUBLIC] : ['127.0.0.1'];
    });
    const url = `https://${NAME}/f/connection-close/v1`;
    await read(await get(door, url));
    await expect(get(door, url)).rejects.toMatchObject({ code: 'address_denied' });
    expect(dialled).toEqual([PUBLIC]);
  });

  test('the next address, where one does not answer', async () => {
    const dialled: string[] = [];
    const firstIsDown: Dial = async (options, timeoutMs, tls) => {
      dialled.push(options.hostname);
      if (options.hostname === PUBLIC) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
      const local = { ...options, hostname: '127.0.0.1', port: String(upstream.ports['tls-good']) };
      return Object.defineProperty(await dial(local, timeoutMs, tls), 'remoteAddress', { value: options.hostname });
    };
    const { door } = await publicDoor((_, type) => (type === 'A' ? [PUBLIC, '8.8.8.8'] : []), { dial: firstIsDown });
    expect((await get(door, `https://${NAME}/f/ok/v1`)).status).toBe(200);
    expect(dialled).toEqual([PUBLIC, '8.8.8.8']);
  });

  test('a socket that is connected elsewhere is dropped before a byte is sent', async () => {
    const astray: Dial = (options, timeoutMs, tls) =>
      dial({ ...options, hostname: '127.0.0.1', port: String(upstream.ports['tls-good']) }, timeoutMs, tls);
    const { door } = await publicDoor((_, type) => (type === 'A' ? [PUBLIC] : []), { dial: astray });
    await expect(get(door, `https://${NAME}/f/ok/v1`)).rejects.toMatchObject({ code: 'address_denied' });
    expect(upstream.log).toEqual([]);
  });

  test('a name that is not found or not answered for', async () => {
    const missing = await publicDoor(() => ({ rcode: 3 }));
    await expect(get(missing.door, `https://${NAME}/v1`)).rejects.toMatchObject({ code: 'dns_not_found' });
    const failing = await publicDoor(() => ({ rcode: 2 }));
    await expect(get(failing.door, `https://${NAME}/v1`)).rejects.toMatchObject({ code: 'dns_failed' });
  });

  test('no proxy of the environment', async () => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
    const { door } = await publicDoor((_, type) => (type === 'A' ? [PUBLIC] : []));
    expect((await get(door, `https://${NAME}/f/ok/v1`)).status).toBe(200);
  });

  test('the sample model, where it really listens', async () => {
    const exempt = [
      {
        urlPrefix: 'https://demo.example.org/f/',
        dialOrigin: () => `http://127.0.0.1:${upstream.ports.http}`,
        headers: { 'x-own': 'it is us' },
      },
    ];
    const { door, dialled } = await publicDoor(
      () => ['10.0.0.1'],
      { policy: egressPolicy({ exempt }) },
      'https://demo.example.org',
    );
    expect((await get(door, 'https://demo.example.org/f/ok/v1')).status).toBe(200);
    expect(upstream.log[0]?.headers['x-own']).toBe('it is us');
    // Not even with a connection to ourselves open is another path called there.
    await expect(get(door, 'https://demo.example.org/v1')).rejects.toMatchObject({ code: 'address_denied' });
    expect(dialled).toEqual([]);
    expect(upstream.log).toHaveLength(1);
  });
});

describe('what goes out', () => {
  test('only the headers on the list', async () => {
    const headers = new Headers({
      accept: 'application/json',
      authorization: 'Bearer key',
      'content-type': 'application/json',
      cookie: 'a=1',
      'openai-organization': 'ours',
      'openai-project': 'ours',
      'x-forwarded-for': '203.0.113.9',
      'x-stainless-os': 'Linux',
      'user-agent': 'OpenAI/JS',
      'accept-encoding': 'gzip',
    });
    await privateDoor().fetch(upstream.base('ok'), { method: 'POST', headers, body: '{}' });
    const { host, connection, 'content-length': length, ...sent } = upstream.log[0]?.headers ?? {};
    expect(sent).toEqual({
      accept: 'application/json',
      authorization: 'Bearer key',
      'content-type': 'application/json',
      'user-agent': egressPolicy().userAgent,
      'accept-encoding': 'identity',
    });
    expect([host, connection, length]).toEqual([`127.0.0.1:${upstream.ports.http}`, 'keep-alive', '2']);
  });

  test('nothing to another origin', async () => {
    const other = createEgress({
      policy: egressPolicy({ exempt: [{ hostPort: `127.0.0.1:${upstream.ports.http}` }] }),
    });
    const door = keep(other.open({ origin: 'https://llm.example.org', timeoutMs: 1_000 }));
    await expect(get(door, upstream.base('ok'))).rejects.toMatchObject({ code: 'address_denied' });
    expect(upstream.log).toEqual([]);
  });

  test('no cookie that was set before', async () => {
    const door = privateDoor();
    await ask(door, 'set-cookie');
    await ask(door, 'ok');
    expect(upstream.log[1]?.headers.cookie).toBeUndefined();
  });

  test('no more calls to one host than the limit, exempt ones aside', async () => {
    const { door } = await publicDoor((_, type) => (type === 'A' ? [PUBLIC] : []), {
      policy: egressPolicy({ callsPerMinutePerTarget: 2 }),
    });
    const url = `https://${NAME}/f/ok/v1`;
    await get(door, url);
    await get(door, url);
    await expect(get(door, url)).rejects.toMatchObject({ code: 'target_limit', type: 'rate_limited' });

    const exempt = privateDoor({ policy: { callsPerMinutePerTarget: 0 } });
    expect((await get(exempt, upstream.base('ok'))).status).toBe(200);
  });

  test('no more calls to one address than the limit, under however many names and on however many connections', async () => {
    const policy = egressPolicy({ callsPerMinutePerTarget: 4 });
    const { egress, dialled } = await publicEgress(() => [PUBLIC], { policy });
    const open = (name: string) => keep(egress.open({ origin: `https://${name}`, timeoutMs: 20_000 }));
    const call = async (door: Door, name: string, fault = 'ok') =>
      read(await get(door, `https://${name}/f/${fault}/v1`));
    const [one, other] = [open(NAME), open(SECOND_NAME)];

    // One connection that is used again, and one that is closed after its call: four calls, however they are made.
    await call(one, NAME);
    await call(one, NAME, 'connection-close');
    await call(one, NAME);
    await call(other, SECOND_NAME);
    expect(dialled).toEqual([PUBLIC, PUBLIC, PUBLIC]);
    await expect(call(other, SECOND_NAME)).rejects.toMatchObject({ code: 'target_limit', type: 'rate_limited' });
    await expect(call(open(SECOND_NAME), SECOND_NAME)).rejects.toMatchObject({ code: 'target_limit' });
    expect(upstream.log).toHaveLength(4);
  });
});

describe('what comes in', () => {
  test.each([300, 301, 302, 303, 304, 305, 307, 308])('a %d is refused and not followed', async (status) => {
    const refused = get(privateDoor(), upstream.base(`redirect-${status}`));
    await expect(refused).rejects.toMatchObject({ code: 'redirect_refused', httpStatus: status });
    expect(upstream.log).toHaveLength(1);
  });

  test('where a redirect leads is not repeated: the host may be the key', async () => {
    const refused = get(privateDoor(), upstream.base('redirect-301:https://sk-canary-0123456789.dev/v1'));
    const error = await refused.catch((caught) => caught);
    expect(error).toMatchObject({ code: 'redirect_refused' });
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain('canary');
  });

  test.each(['gzip', 'gzip-bomb:50', 'encoding-chain', 'encoding-unknown'])('%s is not unpacked', async (fault) => {
    await expect(get(privateDoor(), upstream.base(fault))).rejects.toMatchObject({ code: 'encoding_refused' });
  });

  test.each(['huge-cl', 'infinite-body', 'huge-body:50', 'sse-blank-flood', 'sse-giant-line:20', 'sse-giant-event'])(
    '%s is cut off',
    async (fault) => {
      await expect(ask(privateDoor(), fault)).rejects.toMatchObject({ code: 'response_too_large' });
      await vi.waitFor(() => expect(upstream.live).toBe(0), PATIENCE_MS);
    },
  );

  test.each([
    'stall-headers',
    'stall-after-headers',
    'drip-headers',
    'drip-body',
    'sse-heartbeat-forever',
    '103-flood',
  ])('%s meets the one deadline', async (fault) => {
    const startedAt = performance.now();
    await expect(ask(privateDoor({ timeoutMs: 300 }), fault)).rejects.toMatchObject({
      code: 'deadline',
      type: 'timeout',
    });
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  });

  test('a call can be cancelled before the answer and within it', async () => {
    for (const fault of ['stall-headers', 'sse-stall-mid']) {
      const stop = new AbortController();
      const reading = get(privateDoor(), upstream.base(fault), stop.signal).then(read);
      setTimeout(() => stop.abort(), 50);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    }
    await expect(get(privateDoor(), upstream.base('ok'), AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(upstream.count('ok')).toBe(0);
  });

  test('a body that nobody reads ends at the deadline and harms nobody', async () => {
    await vi.waitFor(() => expect(upstream.live).toBe(0), PATIENCE_MS);
    await get(privateDoor({ timeoutMs: 1_000 }), upstream.base('stall-after-headers'));
    await get(privateDoor({ timeoutMs: 20_000 }), upstream.base('stall-after-headers'));
    await vi.waitFor(() => expect(upstream.live).toBe(1), PATIENCE_MS);
    await opened.at(-1)?.close();
    await vi.waitFor(() => expect(upstream.live).toBe(0), PATIENCE_MS);
  });

  test('a reader that has enough leaves a connection that serves again', async () => {
    const door = privateDoor();
    for (let call = 0; call < 3; call += 1) {
      const reply = await get(door, upstream.base('ok'));
      for await (const _ of reply.body) break;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(upstream.sockets.size).toBe(1);
  });

  test('a closed door leaves no connection', async () => {
    const door = privateDoor();
    await ask(door, 'ok');
    await door.close();
    await vi.waitFor(() => expect(upstream.sockets.size).toBe(0), PATIENCE_MS);
  });
});
