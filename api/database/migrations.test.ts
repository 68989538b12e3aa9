import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathFromRoot } from '../root.js';
import { type OpenPool, openEmbedded } from './embedded.js';
import { migrate } from './migrate.js';

let database: OpenPool;
let directory: string;
beforeAll(async () => {
  database = await openEmbedded('memory', {
    say: (line) => expect.fail(line),
    onPanic: () => expect.fail('the database panicked'),
  });
});
afterAll(() => database.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'atlas-migrations-'));
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await database.pool.query('DROP TABLE IF EXISTS _prisma_migrations, apples, pears');
});

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}

describe('migrate', () => {
  it('applies what is missing, in order, once', async () => {
    write('2_pears', 'CREATE TABLE pears (id INT REFERENCES apples);');
    write('1_apples', 'CREATE TABLE apples (id INT PRIMARY KEY);');
    expect(await migrate(database.pool, directory)).toEqual(['1_apples', '2_pears']);
    expect(await migrate(database.pool, directory)).toEqual([]);
  });

  it('leaves nothing of a migration that fails, and does not go on without it', async () => {
    write('1_apples', 'CREATE TABLE apples (id INT); SELECT 1 / 0;');
    await expect(migrate(database.pool, directory)).rejects.toThrow('migration 1_apples failed');
    const { rows } = await database.pool.query("SELECT to_regclass('apples') AS apples");
    expect(rows).toEqual([{ apples: null }]);
    await expect(migrate(database.pool, directory)).rejects.toThrow('prisma migrate resolve');
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    write('1_apples', 'CREATE TABLE apples (id INT);');
    await migrate(database.pool, directory);
    write('1_apples', 'CREATE TABLE apples (id BIGINT);');
    await expect(migrate(database.pool, directory)).rejects.toThrow('was edited');
  });
});

describe('the migrations', () => {
  it('build exactly the schema that the client is generated from', () => {
    const prisma = pathFromRoot('node_modules/prisma/build/index.js');
    const compare = [
      'migrate',
      'diff',
      '--from-migrations',
      'prisma/migrations',
      '--to-schema',
      'prisma/schema.prisma',
    ];
    const difference = execFileSync(process.execPath, [prisma, ...compare], {
      cwd: pathFromRoot('.'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(difference).toContain('No difference detected');
  }, 60_000);
});
