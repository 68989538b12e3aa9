import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { pathFromRoot } from '../root.js';
import { type OpenPool, openEmbedded } from './embedded.js';
import { type Prisma, PrismaClient } from './generated/client.js';
import { migrate } from './migrate.js';

export type { PrismaClient };
/** The client inside `prisma.$transaction`. Inside one, use only it: the embedded database has one connection. */
export type Tx = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** A PostgreSQL URL; without one the embedded database is opened. */
  url?: string;
  /** Where the embedded database keeps its files, or `memory`. */
  dataDir: string | 'memory';
}

export interface Database {
  prisma: PrismaClient;
  embedded: boolean;
  close(): Promise<void>;
}

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a transaction may wait for a connection, and how long it may take. */
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

/**
 * Opens PostgreSQL or the embedded database, with the schema up to date.
 *
 * @throws {DirectoryInUseError} where another process has the data directory
 * @throws {MigrationError} where the schema cannot be brought up to date
 */
export async function openDatabase({ url, dataDir }: DatabaseOptions): Promise<Database> {
  const { pool, close } = url ? openPostgres(url) : await openEmbedded(dataDir);
  try {
    await migrate(pool, pathFromRoot('prisma/migrations'));
  } catch (error) {
    await close();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTION });
  return {
    prisma,
    embedded: url === undefined,
    async close() {
      await prisma.$disconnect();
      await close();
    },
  };
}

function openPostgres(url: string): OpenPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The driver adapter reads timestamps as if they were in UTC.
    options: '-c timezone=UTC',
  });
  // An idle connection that breaks is replaced by the pool; unhandled, its error event would end the process.
  pool.on('error', () => {});
  return { pool, close: () => pool.end() };
}
