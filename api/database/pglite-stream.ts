import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

type Done = (error?: Error | null) => void;

/** First byte of PostgreSQL's Terminate message: it ends a connection, and must not end the embedded database. */
const TERMINATE = 'X'.charCodeAt(0);
const ERROR_RESPONSE = 'E'.charCodeAt(0);
/** The fields of an error that say how grave it is, and which; no text within a field can hold their zeros. */
const PANIC = '\0VPANIC\0';
const DISK_FULL = '\0C53100\0';

export interface Troubles {
  /** The database has given itself up, as when it cannot write its log. One more query would never return. */
  onPanic: () => void;
  /** A query failed because the disk is full. */
  onDiskFull: () => void;
}

/**
 * The socket that node-postgres believes to have, wired to a PGlite in this process. PGlite has one session, so a pool
 * over it must have one connection.
 */
export class PgliteStream extends Duplex {
  readonly #database: PGlite;
  readonly #troubles: Troubles;

  constructor(database: PGlite, troubles: Troubles) {
    super({ allowHalfOpen: false });
    this.#database = database;
    this.#troubles = troubles;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#execute(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.#execute(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    this.push(null);
    done();
  }

  #execute(message: Buffer, done: Done): void {
    if (message[0] === TERMINATE) {
      done();
      return;
    }
    this.#ask(message).then((bytes) => {
      const answer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (hasError(answer, PANIC)) this.#troubles.onPanic();
      if (hasError(answer, DISK_FULL)) this.#troubles.onDiskFull();
      if (answer.length > 0) this.push(answer);
      done();
    }, done);
  }

  /** In a turn of the event loop of its own: a query runs in this thread, and may bring megabytes. */
  async #ask(message: Buffer): Promise<Uint8Array> {
    await setImmediate();
    return this.#database.runExclusive(() => this.#database.execProtocolRaw(message));
  }
}

/** Looks at the heads of whole messages: each has a byte for its type, then its length without that byte. */
function hasError(messages: Buffer, field: string): boolean {
  for (let at = 0; at < messages.length; at += 1 + messages.readInt32BE(at + 1)) {
    const isError = messages[at] === ERROR_RESPONSE;
    if (isError && messages.subarray(at, at + 1 + messages.readInt32BE(at + 1)).includes(field)) return true;
  }
  return false;
}
