import pg from 'pg';
import { type Database, openDatabase } from '../api/database/database.js';

const SHARED = Symbol.for('atlas-demo.test-database');

/**
 * The database of this worker, opened once and shared by its test files: an embedded one in memory or, where
 * DATABASE_URL is set, one of its own on that server. Tests keep apart by their sessions, as visitors do.
 */
export function sharedDatabase(): Promise<Database> {
  const worker = globalThis as { [SHARED]?: Promise<Database> };
  worker[SHARED] ??= open();
  return worker[SHARED];
}

async function open(): Promise<Database> {
  const server = process.env.DATABASE_URL;
  return server
    ? openDatabase({ url: await createDatabase(server, String(process.env.VITEST_POOL_ID ?? 0)), dataDir: 'memory' })
    : openDatabase({ dataDir: 'memory' });
}

/** An empty database on a PostgreSQL server. @returns its URL */
export async function createDatabase(server: string, suffix: string): Promise<string> {
  const name = `atlas_test_${suffix}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
