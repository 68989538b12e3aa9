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
  /** Throws while queries are not answered, or nothing can be written because the disk is full. */
  checkReady(): Promise<void>;
  close(): Promise<void>;
}

const MIGRATIONS = pathFromRoot('prisma/migrations');
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** Far more than a query of ours takes: a network that stands still must not hold requests and runs for ever. */
const QUERY_TIMEOUT_MS = 5_000;
/** How long a transaction may wait for a connection, and how long it may take. */
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

/**
 * Opens PostgreSQL or the embedded database, with the schema up to date.
 *
 * @throws {DirectoryInUseError} where another process has the data directory
 * @throws {MigrationError} where the schema cannot be brought up to date
 */
export async function openDatabase({ url, dataDir }: DatabaseOptions): Promise<Database> {
  const { pool, close, room } = url ? await openPostgres(url) : await openMigratedEmbedded(dataDir);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTION });
  return {
    prisma,
    embedded: url === undefined,
    async checkReady() {
      await prisma.$queryRaw`SELECT 1`;
      room?.check();
    },
    async close() {
      await prisma.$disconnect();
      await close();
    },
  };
}

async function openMigratedEmbedded(dataDir: string): Promise<OpenPool> {
  const embedded = await openEmbedded(dataDir, { say: tellOperator, onPanic: endProcess });
  try {
    await migrate(embedded.pool, MIGRATIONS);
  } catch (error) {
    await embedded.close();
    throw error;
  }
  return embedded;
}

function tellOperator(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What it has stored is whole, and is read again at the next start. */
function endProcess(): never {
  tellOperator('DATA_DIR must have room to write: the embedded database has given up. Make room, then start again.');
  process.exit(1);
}

async function openPostgres(url: string): Promise<OpenPool> {
  const options: pg.PoolConfig = {
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The driver adapter reads timestamps as if they were in UTC. A transaction that we can no longer reach must not
    // keep its rows locked.
    options: `-c timezone=UTC -c idle_in_transaction_session_timeout=${TRANSACTION.timeout}`,
  };
  await migratePatiently(options);
  const pool = new pg.Pool({ ...options, query_timeout: QUERY_TIMEOUT_MS });
  // An idle connection that breaks is replaced by the pool; unhandled, its error event would end the process.
  pool.on('error', () => {});
  return { pool, close: () => pool.end() };
}

/** A migration may take long, and wait for another instance's: given up half-way, it would count as failed. */
async function migratePatiently(options: pg.PoolConfig): Promise<void> {
  const pool = new pg.Pool({ ...options, max: 1 });
  pool.on('error', () => {});
  try {
    await migrate(pool, MIGRATIONS);
  } finally {
    await pool.end();
  }
}
