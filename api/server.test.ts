import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyInitialData } from '../testing/initial-data.js';
import { disguisesOf } from '../testing/rows.js';
import { freePort, listening, type ServerProcess, startServer } from '../testing/server-process.js';
import { API_PREFIX } from './contract/limits.js';
import type { ConfigureResponse, Session } from './contract/session.js';
import { leavesCoreDumps } from './core-dumps.js';
import { pathFromRoot } from './root.js';

const KEY = 'sk-canary+server/9f1c=';
const folder = mkdtempSync(join(tmpdir(), 'atlas-server-'));
const dataDir = join(folder, 'data');
const masterKey = randomBytes(32).toString('base64');

const start = (env: Record<string, string>) => startServer({ DATA_DIR: dataDir, ENCRYPTION_KEY: masterKey, ...env });

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the server', () => {
  let port: string;
  let server: ServerProcess;
  let url: string;
  let sessionToken: string;

  beforeAll(async () => {
    copyInitialData(dataDir);
    port = await freePort();
    url = `http://localhost:${port}`;
    server = start({ PORT: port });
    await listening(server);
  }, 60_000);

  afterAll(() => {
    server.process.kill('SIGKILL');
  });

  const session = () => fetch(`${url}${API_PREFIX}/session`, { headers: { authorization: `Bearer ${sessionToken}` } });

  it('prints its address and opens a session on the sample model, through its own guard', async () => {
    expect(server.output()).toContain(`The Atlas demo is at ${url}/\n`);
    const response = await fetch(`${url}${API_PREFIX}/configure`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpointUrl: `${url}/sample-model/v1`, apiKey: KEY, modelId: 'sample-model' }),
    });
    expect(response.status).toBe(201);
    ({ sessionToken } = (await response.json()) as ConfigureResponse);
  });

  it('refuses a second process on its data, in one clear line', async () => {
    const second = start({ PORT: await freePort() });
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(
      `DATA_DIR must be a folder that this process alone writes to: ${dataDir} is in use by process ${server.process.pid}: stop that process or set another DATA_DIR\n`,
    );
  }, 60_000);

  it('warns of core dumps where they are on', () => {
    const isOn = leavesCoreDumps();
    expect(server.output().includes('a crash would leave a core dump')).toBe(isOn);
  });

  it('does not open the inspector on a signal', async () => {
    server.process.kill('SIGUSR1');
    expect((await session()).status).toBe(200);
    expect(server.output()).not.toContain('Debugger listening');
  });

  it('keeps sessions over a crash, but no key', async () => {
    server.process.kill('SIGKILL');
    expect(await server.ended).toBe('SIGKILL');
    server = start({ PORT: port });
    await listening(server);
    const response = await session();
    expect(response.status).toBe(200);
    expect(((await response.json()) as Session).credentials).toEqual({ stored: false, deletedAt: null });
  }, 60_000);

  it('closes in order when it is told to stop, with neither key nor token in any of its files', async () => {
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    const files = filesBelow(dataDir).map((path) => readFileSync(path, 'latin1'));
    expect(files.length).toBeGreaterThan(100);
    for (const form of [...disguisesOf(KEY), ...disguisesOf(sessionToken), masterKey]) {
      expect(server.output()).not.toContain(form);
      expect(files.filter((text) => text.includes(form))).toEqual([]);
    }
  }, 60_000);
});

describe('a start with a bad setting', () => {
  it.each<[string, Record<string, string>]>([
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['SUITES_DIR', { SUITES_DIR: '/nowhere' }],
    ['DATA_DIR', { DATA_DIR: '/proc/nowhere/data' }],
    ['DATA_DIR', { DATA_DIR: pathFromRoot('package.json') }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }],
    ['HOST', { HOST: '192.0.2.1' }],
    ['ATLAS_API_KEY', { ATLAS_API_KEY: 'sk-alone' }],
  ])(
    'ends at once with one line that names %s: %j',
    async (variable, env) => {
      const server = start(env);
      expect(await server.ended).toBe(1);
      expect(server.output()).toMatch(new RegExp(`^${variable} (must be|goes with) [^\\n]+\\n$`));
    },
    60_000,
  );

  it('names PORT where another program has it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = start({ PORT: String(port) });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe('PORT must be a port that no other program listens on\n');
    other.close();
  }, 60_000);
});
