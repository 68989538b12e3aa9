import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { sharedDatabase } from '../../testing/database.js';
import { startTcpProxy } from '../../testing/tcp-proxy.js';
import { isDatabaseAway } from './away.js';
import { PrismaClient } from './generated/client.js';

const errorOf = async (query: Promise<unknown>) =>
  query.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

describe('a failed query', () => {
  it('is told to be no fault of its own where no database answers', async () => {
    const nowhere = new PrismaClient({ adapter: new PrismaPg('postgres://nobody@127.0.0.1:1/nothing') });
    expect(isDatabaseAway(await errorOf(nowhere.demoSession.count()))).toBe(true);
    expect(isDatabaseAway(await errorOf(nowhere.$queryRaw`SELECT 1`))).toBe(true);
    expect(isDatabaseAway(await errorOf(nowhere.$transaction((tx) => tx.demoSession.count())))).toBe(true);
  });

  it('is its own fault where the database refuses it', async () => {
    const { prisma } = await sharedDatabase();
    expect(isDatabaseAway(await errorOf(prisma.$queryRaw`SELECT 1 / 0`))).toBe(false);
    expect(isDatabaseAway(await errorOf(prisma.demoSession.delete({ where: { id: crypto.randomUUID() } })))).toBe(
      false,
    );
    expect(isDatabaseAway(new TypeError('x is not a function'))).toBe(false);
  });

  it.runIf(process.env.DATABASE_URL)('is no fault of its own where the connection breaks', async () => {
    const { prisma } = await sharedDatabase();
    const query = errorOf(prisma.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
    expect(isDatabaseAway(await query)).toBe(true);
    expect(await prisma.demoSession.count()).toBeGreaterThanOrEqual(0);
  });

  it.runIf(process.env.DATABASE_URL)('is no fault of its own where the network stands still', async () => {
    const network = await startTcpProxy(process.env.DATABASE_URL!);
    const pool = new pg.Pool({ connectionString: network.url, max: 1, query_timeout: 300 });
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    await prisma.$queryRaw`SELECT 1`;
    network.freeze();
    expect(isDatabaseAway(await errorOf(prisma.$transaction((tx) => tx.demoSession.count())))).toBe(true);
    network.mend();
    await pool.query('SELECT 1');
    network.freeze();
    expect(isDatabaseAway(await errorOf(prisma.$queryRaw`SELECT 1`))).toBe(true);
    network.close();
    await prisma.$disconnect();
  });
});
