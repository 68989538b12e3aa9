import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { lockDirectory } from './lock.js';
import { PgliteStream, type Troubles } from './pglite-stream.js';
import { type Room, watchRoom } from './room.js';

/** PGlite has neither a checkpointer nor autovacuum: without these its WAL and dead rows would grow for ever. */
const UPKEEP_INTERVAL_MS = 300_000;
const UPKEEP = ['VACUUM', 'CHECKPOINT'];

/** 16 MB of buffers instead of 128: the process is 110 MB smaller, and this data set is small. */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'timezone=UTC'];

export interface OpenPool {
  pool: pg.Pool;
  close(): Promise<void>;
  /** Where this process has its disk to look after. */
  room?: Room;
}

/** What the operator must hear. `onPanic` must not return: the database can be opened anew only in another process. */
export interface Alarms {
  say: (line: string) => void;
  onPanic: () => never;
}

/** A PostgreSQL inside this process, on disk below `dataDir` or, for `memory`, nowhere. */
export async function openEmbedded(dataDir: string | 'memory', { say, onPanic }: Alarms): Promise<OpenPool> {
  if (dataDir === 'memory') return open('memory://', { onPanic, onDiskFull: () => {} }, () => {});
  const release = lockDirectory(dataDir);
  const room = watchRoom(dataDir, say);
  try {
    return { ...(await open(join(dataDir, 'postgres'), { onPanic, onDiskFull: room.ranOut }, release)), room };
  } catch (error) {
    release();
    throw error;
  }
}

async function open(location: string, troubles: Troubles, release: () => void): Promise<OpenPool> {
  const lite = await PGlite.create(location, { startParams: START_PARAMETERS });
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    stream: () => new PgliteStream(lite, troubles) as never,
  });
  const upkeep = setInterval(() => void keepUp(pool), UPKEEP_INTERVAL_MS);
  upkeep.unref();
  return {
    pool,
    async close() {
      clearInterval(upkeep);
      await pool.end();
      await lite.close();
      release();
    },
  };
}

async function keepUp(pool: pg.Pool): Promise<void> {
  for (const statement of UPKEEP) {
    // A missed round is made up for by the next; a database that is really broken shows in every other query.
    await pool.query(statement).catch(() => {});
  }
}
