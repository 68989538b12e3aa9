import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openDatabase } from '../api/database/database.js';
import { pathFromRoot } from '../api/root.js';

/** Where the embedded database with its schema and no rows is kept, under a name of what it is made from. */
const INITIAL_DATA = pathFromRoot(join('node_modules/.cache', `atlas-data-${fingerprint()}`));

function fingerprint(): string {
  const migrations = pathFromRoot('prisma/migrations');
  const files = readdirSync(migrations, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
  const sources = files.sort().map((file) => join(migrations, file));
  const hash = createHash('sha256');
  for (const source of [...sources, pathFromRoot('package-lock.json')]) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 16);
}

/** Before the tests: creating a database costs seconds of a processor, copying it next to nothing. */
export async function makeInitialData(): Promise<void> {
  if (existsSync(INITIAL_DATA)) return;
  mkdirSync(dirname(INITIAL_DATA), { recursive: true });
  const made = mkdtempSync(`${INITIAL_DATA}.`);
  const database = await openDatabase({ dataDir: made });
  await database.close();
  try {
    renameSync(made, INITIAL_DATA);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Another test run has made it in the meantime: then there is nothing left to do.
    if (!existsSync(INITIAL_DATA)) throw error;
  }
}

/** A server's data folder as its first start would leave it. */
export function copyInitialData(dataDir: string): void {
  cpSync(INITIAL_DATA, dataDir, { recursive: true });
}
