#!/usr/bin/env node
/**
 * Prisma's schema engine for machines that could not download the native one: answers the CLI's JSON-RPC on stdio with
 * the WebAssembly build of the same engine. prisma.config.ts points the CLI here where the native engine is missing.
 * The shadow database that `prisma migrate` replays migrations on is an in-memory PGlite, never the real database.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** OID of PostgreSQL's one-byte "char", which adapter-pg does not map and the engine's catalog queries return. */
const CHAR_OID = 18;
const TEXT_OID = 25;
const TERMINATE = 'X'.charCodeAt(0);
/** The CLI sends its requests under small ids; what we send of ourselves must not collide with them. */
const OWN_REQUEST_ID = 900_000;

function readArguments() {
  const options = {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true, default: [] },
    version: { type: 'boolean', default: false },
  };
  const { values, positionals } = parseArgs({ options, strict: false });
  return {
    url: values.datasource ? JSON.parse(values.datasource).url : undefined,
    datamodels: values.datamodels.map((path) => [path, readFileSync(path, 'utf8')]),
    version: values.version,
    /** `cli can-connect-to-database` and `cli create-database`: both are answered by connecting. */
    connectOnly: positionals[0] === 'cli',
  };
}

/** The bridge of api/database/pglite-stream.ts in plain JavaScript: this script runs before anything is built. */
function pgliteStream(database) {
  const stream = new Duplex({
    allowHalfOpen: false,
    read() {},
    write(chunk, _encoding, done) {
      if (chunk[0] === TERMINATE) return done();
      const reply = database.runExclusive(() => database.execProtocolRaw(chunk));
      reply.then((bytes) => {
        if (bytes.length > 0) stream.push(Buffer.from(bytes));
        done();
      }, done);
    },
    final(done) {
      stream.push(null);
      done();
    },
  });
  stream.connect = () => {
    process.nextTick(() => stream.emit('connect'));
    return stream;
  };
  stream.setNoDelay = stream.setKeepAlive = stream.ref = stream.unref = () => stream;
  return stream;
}

async function inMemoryFactory() {
  const database = await PGlite.create('memory://');
  return new PrismaPg(
    new pg.Pool({
      max: 1,
      idleTimeoutMillis: 0,
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      stream: () => pgliteStream(database),
    }),
  );
}

/** Reads "char" columns as text, and runs a script as one simple query so that its statements stay together. */
function teach(connection) {
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  let charColumns = [];
  connection.performIO = async (query) => {
    const result = await performIO(query);
    charColumns = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== CHAR_OID) return;
      field.dataTypeID = TEXT_OID;
      charColumns.push(index);
    });
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  connection.executeScript = async (sql) => {
    try {
      await connection.client.query(sql);
    } catch (error) {
      connection.onError(error);
    }
  };
  return connection;
}

/** Without a URL there is no real database: what wants to connect gets an empty one. */
function adapterFactory(url) {
  const real = new PrismaPg({ connectionString: url, options: '-c timezone=UTC' });
  const inMemory = async () => teach(await (await inMemoryFactory()).connect());
  return {
    provider: real.provider,
    adapterName: real.adapterName,
    connect: async () => (url ? teach(await real.connect()) : inMemory()),
    connectToShadowDb: inMemory,
  };
}

/** `schema-engine cli can-connect-to-database`: exit code 0, or 1 with one JSON line that the CLI understands. */
async function checkConnection(url) {
  try {
    const connection = await adapterFactory(url).connect();
    await connection.executeScript('SELECT 1');
    await connection.dispose();
    console.log('Connection successful');
    return 0;
  } catch (error) {
    const missing = error?.cause?.kind === 'DatabaseDoesNotExist';
    const fields = {
      message: String(error?.cause?.originalMessage ?? error.message),
      error_code: missing ? 'P1003' : 'P1001',
    };
    console.error(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}`);
    return 1;
  }
}

/** The package only exports a bundler entry, so the module is instantiated by hand. */
async function loadEngine() {
  const directory = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = await import(pathToFileURL(join(directory, 'schema_engine_bg.js')).href);
  const wasm = new WebAssembly.Module(readFileSync(join(directory, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => console.error(JSON.stringify({ level: 'ERROR', fields: { message } })),
  };
  return bindings.SchemaEngine;
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

async function answer(engine, request) {
  const method = request.method === 'getDatabaseVersion' ? 'version' : request.method;
  try {
    const result = await engine[method](request.params);
    // The native engine prints a diff by calling back; the WebAssembly one returns it.
    if (method === 'diff' && result?.stdout != null) {
      send({ id: OWN_REQUEST_ID + request.id, method: 'print', params: { content: result.stdout } });
    }
    send({ id: request.id, result: result ?? {} });
  } catch (error) {
    const data = {
      is_panic: false,
      message: error?.message ?? String(error),
      meta: error?.meta,
      error_code: error?.code,
    };
    send({
      id: request.id,
      error: { code: 4466, message: 'An error happened. Check the data field for details.', data },
    });
  }
}

async function serve({ url, datamodels }) {
  const SchemaEngine = await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(url));
  const engine = await SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    factory,
  );
  for await (const line of createInterface({ input: process.stdin })) {
    const message = line.trim() ? JSON.parse(line) : {};
    if (message.method) await answer(engine, message);
  }
}

const options = readArguments();
if (options.version) console.log('schema-engine-wasm');
else if (options.connectOnly) process.exitCode = await checkConnection(options.url);
else await serve(options);
process.exit();
