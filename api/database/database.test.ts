import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.js';
import { lockDirectory } from './lock.js';

const root = mkdtempSync(join(tmpdir(), 'atlas-database-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = (name: string) => join(root, name);

const SESSION = {
  tokenHash: Buffer.from('token'),
  addressKey: 'address',
  endpointUrl: 'https://example.com/v1',
  modelId: 'm',
  endpointProfile: {},
  expiresAt: new Date('2030-01-01T12:00:00.007Z'),
};

describe('the embedded database', () => {
  const dataDir = folder('data');
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ dataDir });
  });
  afterAll(() => database.close());

  it('refuses a directory that is in use, and says by whom', async () => {
    await expect(openDatabase({ dataDir })).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
  });

  it('holds the sealed keys in an unlogged table', async () => {
    const [table] = await database.prisma.$queryRaw<{ persistence: string }[]>`
      SELECT relpersistence::text AS persistence FROM pg_class WHERE relname = 'demo_model_configs'`;
    expect(table?.persistence).toBe('u');
  });

  it('keeps what was stored over a restart, to the millisecond and in UTC', async () => {
    const { id } = await database.prisma.demoSession.create({ data: SESSION });
    await database.close();
    database = await openDatabase({ dataDir });
    const found = await database.prisma.demoSession.findUniqueOrThrow({ where: { id } });
    const [text] = await database.prisma.$queryRaw<{ expires: string }[]>`
      SELECT expires_at::text AS expires FROM demo_sessions WHERE id = ${id}::uuid`;
    expect(found.expiresAt).toEqual(SESSION.expiresAt);
    expect(text?.expires).toBe('2030-01-01 12:00:00.007+00');
  });
});

describe('the directory lock', () => {
  it('keeps another process out while this one lives', async () => {
    const directory = folder('living');
    const release = lockDirectory(directory);
    expect(await lockInChild(directory)).toContain('is in use by process');
    release();
    expect(await lockInChild(directory)).toBe('locked');
  });

  it('takes over from a process that was killed', async () => {
    const directory = folder('killed');
    expect(await lockInChild(directory)).toBe('locked');
    lockDirectory(directory)();
  });

  it.each([
    ['an earlier process with the same number', `${process.pid} another-life`],
    ['a file that was cut short', ''],
  ])('takes over from %s', (name, content) => {
    const directory = folder(name);
    mkdirSync(directory);
    writeFileSync(join(directory, 'lock'), content);
    lockDirectory(directory)();
  });
});

/** Locks in another process, which then dies without releasing; resolves to what it said. */
async function lockInChild(directory: string): Promise<string> {
  const script = `
    import { lockDirectory } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
    try { lockDirectory(${JSON.stringify(directory)}); process.send('locked'); }
    catch (error) { process.send(error.message); }`;
  const file = folder('child.mts');
  writeFileSync(file, script);
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  const [message] = await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return String(message);
}
