import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tells this process from an earlier one that had the same number, as every first process of a container has. */
const INSTANCE = randomUUID();

export class DirectoryInUseError extends Error {}

/**
 * Keeps a second process out of `directory`: PGlite takes no lock of its own, and two of them destroy their files.
 * A lock whose process is gone is taken over. Returns what releases it.
 *
 * @throws {DirectoryInUseError} while a living process holds it
 */
export function lockDirectory(directory: string): () => void {
  makeDirectory(directory);
  const file = join(directory, 'lock');
  while (!create(file)) {
    const holder = readHolder(file);
    if (holder && isRunning(holder)) {
      throw new DirectoryInUseError(
        `${directory} is in use by process ${holder.pid}: stop that process or set another DATA_DIR`,
      );
    }
    rmSync(file, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** Node's own recursion never ends where a file system takes no directories, as /proc does. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  try {
    mkdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

interface Holder {
  pid: number;
  instance: string;
}

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${INSTANCE}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | null {
  try {
    const [pid, instance] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), instance: instance ?? '' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isRunning({ pid, instance }: Holder): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return instance === INSTANCE;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
