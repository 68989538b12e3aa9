import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

type Done = (error?: Error | null) => void;

/** First byte of PostgreSQL's Terminate message: it ends a connection, and must not end the embedded database. */
const TERMINATE = 'X'.charCodeAt(0);

/**
 * The socket that node-postgres believes to have, wired to a PGlite in this process. PGlite has one session, so a pool
 * over it must have one connection.
 */
export class PgliteStream extends Duplex {
  readonly #database: PGlite;

  constructor(database: PGlite) {
    super({ allowHalfOpen: false });
    this.#database = database;
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
      if (bytes.length > 0) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      done();
    }, done);
  }

  /** In a turn of the event loop of its own: a query runs in this thread, and may bring megabytes. */
  async #ask(message: Buffer): Promise<Uint8Array> {
    await setImmediate();
    return this.#database.runExclusive(() => this.#database.execProtocolRaw(message));
  }
}
