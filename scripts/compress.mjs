// Compressed copies of what the server sends as files. Only a whole build leaves them there: beside a script that has been
// written since, they would be the old one.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COPY = /\.(br|gz)$/;
const BEST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const BEST_GZIP = { level: constants.Z_BEST_COMPRESSION };

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Writes a `.br` and a `.gz` beside each file; all of them are text. */
export function compressFiles(folder) {
  for (const file of filesIn(folder)) {
    const text = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(text, BEST_BROTLI));
    writeFileSync(`${file}.gz`, gzipSync(text, BEST_GZIP));
  }
}

export function removeCompressed(folder) {
  for (const file of filesIn(folder)) if (COPY.test(file)) rmSync(file);
}
