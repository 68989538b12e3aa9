import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.js';
import { lockDirectory } from './lock.js';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'atlas-database-'));
  folders.push(path);
  return path;
};
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

const newSession = (address: string) => ({
  tokenHash: Buffer.from(address),
  addressKey: address,
  endpointUrl: 'https://example.com/v1',
  modelId: 'm',
  endpointProfile: {},
  expiresAt: new Date(Date.UTC(2030, 0, 1, 12, 0, 0, 7)),
});

describe('the embedded database', () => {
  it('keeps what was stored over a restart, to the millisecond and in UTC', async () => {
    const dataDir = folder();
    const first = await openDatabase({ dataDir });
    const { id } = await first.prisma.demoSession.create({ data: newSession('a') });
    await first.close();

    const second = await openDatabase({ dataDir });
    const found = await second.prisma.demoSession.findUniqueOrThrow({ where: { id } });
    const [text] = await second.prisma.$queryRaw<
      { expires: string }[]
    >`SELECT expires_at::text AS expires FROM demo_sessions`;
    await second.close();

    expect(found.expiresAt).toEqual(newSession('a').expiresAt);
    expect(text?.expires).toBe('2030-01-01 12:00:00.007+00');
  });

  it('refuses a directory that is in use, and says by whom', async () => {
    const dataDir = folder();
    const database = await openDatabase({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
    await database.close();
    await (await openDatabase({ dataDir })).close();
  });

  it('holds the sealed keys in an unlogged table', async () => {
    const database = await openDatabase({ dataDir: 'memory' });
    const [table] = await persistence(database);
    await database.close();
    expect(table?.relpersistence).toBe('u');
  });
});

const persistence = ({ prisma }: Database) =>
  prisma.$queryRaw<{ relpersistence: string }[]>`
    SELECT relpersistence::text FROM pg_class WHERE relname = 'demo_model_configs'`;

describe('the directory lock', () => {
  it('keeps another process out while this one lives', async () => {
    const directory = folder();
    const release = lockDirectory(directory);
    expect(await lockInChild(directory)).toContain('is in use by process');
    release();
    expect(await lockInChild(directory)).toBe('locked');
  });

  it('takes over from a process that was killed', async () => {
    const directory = folder();
    expect(await lockInChild(directory)).toBe('locked');
    lockDirectory(directory)();
  });

  it('takes over from an earlier process with the same number', () => {
    const directory = folder();
    writeFileSync(join(directory, 'lock'), `${process.pid} another-life`);
    lockDirectory(directory)();
  });

  it('takes over a lock file that was cut short', () => {
    const directory = folder();
    writeFileSync(join(directory, 'lock'), '');
    lockDirectory(directory)();
  });
});

/** Locks in another process, which then dies without releasing; resolves to what it said. */
async function lockInChild(directory: string): Promise<string> {
  const script = `
    import { lockDirectory } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
    try { lockDirectory(${JSON.stringify(directory)}); process.send('locked'); }
    catch (error) { process.send(error.message); }`;
  const file = join(folder(), 'child.mts');
  writeFileSync(file, script);
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  const [message] = await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return String(message);
}
