import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import { describe, expect, it } from 'vitest';
import { API_PREFIX } from '../../api/contract/limits.js';
import type { PrismaClient as Client } from '../../api/database/database.js';
import { PrismaClient } from '../../api/database/generated/client.js';
import { openTestApp } from '../app.js';
import { sharedDatabase } from '../database.js';
import { patientModel, until } from '../model.js';

/** The shared database, behind a switch that takes it away. */
async function switchedDatabase() {
  const database = await sharedDatabase();
  const nowhere = new PrismaClient({ adapter: new PrismaPg('postgres://nobody@127.0.0.1:1/nothing') });
  const state = { away: false };
  const prisma: Client = new Proxy(database.prisma, {
    get: (there, property) => Reflect.get(state.away ? nowhere : there, property),
  });
  const checkReady = async () => {
    await prisma.$queryRaw`SELECT 1`;
  };
  return { database: { ...database, prisma, checkReady }, state };
}

describe('while the database is away', () => {
  it('every route that needs it says when to come again, takes no key, and works afterwards', async () => {
    const { database, state } = await switchedDatabase();
    const test = await openTestApp({ edges: { database } });
    const visitor = test.visitor();
    const { sessionToken: token } = await visitor.configure();
    const target = { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-outage-1234', modelId: 'm' };

    state.away = true;
    const answers = [
      await test.visitor().request('/configure', { method: 'POST', body: target }),
      await visitor.request('/session', { token }),
      await visitor.request('/batch-test', { method: 'POST', token, body: { prompts: [{ prompt: 'x' }] } }),
      await visitor.request('/atlas', { method: 'POST', token, body: { question: 'any errors?' } }),
      await visitor.request('/export?format=csv', { token }),
      await visitor.request('/cleanup', { method: 'POST', token }),
    ];
    for (const answer of answers) {
      expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'busy', '5']);
    }
    expect((await test.app.inject('/readyz')).statusCode).toBe(503);
    expect((await test.app.inject('/healthz')).statusCode).toBe(200);
    expect((await visitor.request('/suites')).statusCode).toBe(200);
    expect(test.logs()).not.toContain('sk-outage');

    state.away = false;
    expect((await visitor.request('/session', { token })).statusCode).toBe(200);
    await test.close();
  });

  it('a run waits for it, and ends as if nothing had been', async () => {
    const { database, state } = await switchedDatabase();
    const model = patientModel();
    const test = await openTestApp({ edges: { database, modelClient: model.client } });
    const visitor = test.visitor();
    const { sessionToken: token } = await visitor.configure();
    const body = { prompts: [{ prompt: 'one' }, { prompt: 'two' }], concurrency: 1 };
    const { run } = (await visitor.request('/batch-test', { method: 'POST', token, body })).json();
    await until(() => model.asked.length === 1);
    state.away = true;
    await model.answer('one');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(model.asked).toEqual(['one']);
    state.away = false;
    await model.answer('two');
    const now = async () => (await visitor.request(`/batch-test/${run.runId}`, { token })).json();
    await until(async () => (await now()).finishedAt !== null);
    expect(await now()).toMatchObject({ status: 'completed', completed: 2 });
    expect(model.asked).toEqual(['one', 'two']);
    await test.close();
  });
});

describe('while Redis takes connections and says nothing', () => {
  it('requests are answered and counted all the same', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const env = { REDIS_URL: `redis://127.0.0.1:${port}`, RATE_LIMIT_PER_MINUTE: '2' };
    const test = await openTestApp({ env });
    const visitor = test.visitor();
    const began = performance.now();
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await visitor.request('/suites')).statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    expect(performance.now() - began).toBeLessThan(20_000);
    await test.close();
    silent.close();
  });
});

describe('a request that drips in', () => {
  it('is ended with 408', async () => {
    const test = await openTestApp();
    const { server } = test.app;
    expect([server.requestTimeout, server.headersTimeout]).toEqual([30_000, 30_000]);
    Object.assign(server, { requestTimeout: 300, headersTimeout: 300 });
    const url = new URL(await test.listen());
    const socket = connect(Number(url.port), url.hostname);
    let reply = '';
    socket.on('data', (data) => {
      reply += data;
    });
    socket.write(
      `POST ${API_PREFIX}/configure HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n`,
    );
    const drip = setInterval(() => socket.writable && socket.write('{'), 100);
    await once(socket, 'close');
    clearInterval(drip);
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
    await test.close();
  });
});
