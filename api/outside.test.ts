import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readConfig } from './config.js';
import { countIn, openRedis } from './outside.js';

const { REDIS_URL } = process.env;

it.runIf(REDIS_URL)(
  'calls to a target are counted together by processes that share Redis, minute by minute',
  async () => {
    const clients = [1, 2].map(() => openRedis(readConfig({ REDIS_URL }))!);
    await Promise.all(clients.map((client) => new Promise((resolve) => client.once('ready', resolve))));
    const [a, b] = clients.map(countIn);
    const target = `host ${randomUUID()}`;
    expect([await a!(target, 1), await b!(target, 1), await a!(target, 1), await b!(target, 2)]).toEqual([1, 2, 3, 1]);
    expect(await clients[0]!.ttl(`ftl-atlas-calls-1-${target}`)).toBeGreaterThan(0);
    for (const client of clients) client.disconnect();
  },
);

it('calls cannot be counted together while Redis is away: that is said at once', async () => {
  const redis = openRedis(readConfig({ REDIS_URL: 'redis://127.0.0.1:1' }))!;
  await expect(countIn(redis)('host a', 1)).rejects.toThrow();
  redis.disconnect();
});
