import fs from 'node:fs';
import { join } from 'node:path';

const PROBE_BYTES = 1024 * 1024;

/** Whether there is room for what the embedded database has to write. */
export interface Room {
  /** A write has failed for want of it. */
  ranOut(): void;
  /** Throws while a failed write is the last that was tried, and tries one. */
  check(): void;
}

export function watchRoom(dataDir: string, say: (line: string) => void): Room {
  let isFull = false;
  return {
    ranOut() {
      if (!isFull) say('DATA_DIR must have room to write: what visitors do cannot be stored until there is some.');
      isFull = true;
    },
    check() {
      if (!isFull) return;
      writeProbe(join(dataDir, '.room'));
      isFull = false;
    },
  };
}

function writeProbe(path: string): void {
  const file = fs.openSync(path, 'w');
  try {
    fs.writeSync(file, Buffer.alloc(PROBE_BYTES));
  } finally {
    fs.closeSync(file);
    fs.rmSync(path);
  }
}
