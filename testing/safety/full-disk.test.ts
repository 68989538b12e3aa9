import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../../api/contract/limits.js';
import type { ConfigureResponse } from '../../api/contract/session.js';
import { pathFromRoot } from '../../api/root.js';
import { copyInitialData } from '../initial-data.js';
import { freePort, listening, startServer } from '../server-process.js';

const KEY = 'sk-full-disk+canary/20d7=';
const folder = mkdtempSync(join(tmpdir(), 'atlas-full-disk-'));
const diskIsFull = join(folder, 'disk-is-full');
beforeAll(() => copyInitialData(join(folder, 'data')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serve() {
  const port = await freePort();
  const server = startServer({
    PORT: port,
    DATA_DIR: join(folder, 'data'),
    SESSIONS_PER_IP: '500',
    RATE_LIMIT_PER_MINUTE: '100000',
    FULL_DISK_WHILE: diskIsFull,
    NODE_OPTIONS: `--import ${pathToFileURL(pathFromRoot('testing/full-disk.mjs')).href}`,
  });
  await listening(server);
  const url = `http://localhost:${port}`;
  const configure = async () => {
    const response = await fetch(`${url}${API_PREFIX}/configure`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpointUrl: `${url}/sample-model/v1`, apiKey: KEY, modelId: 'sample-model' }),
    });
    return (await response.json()) as ConfigureResponse;
  };
  const ready = async () => (await fetch(`${url}/readyz`)).status;
  const session = (token: string) =>
    fetch(`${url}${API_PREFIX}/session`, { headers: { authorization: `Bearer ${token}` } });
  return { server, configure, session, ready };
}

describe('the embedded database on a full disk', () => {
  it('answers that it cannot store, is not ready, says so once, and goes on once there is room again', async () => {
    const { server, configure, ready } = await serve();
    expect(await ready()).toBe(200);
    writeFileSync(diskIsFull, 'to grow');
    for (;;) if ('code' in (await configure())) break;
    expect(await configure()).toMatchObject({ code: 'busy', status: 503 });
    expect([await ready(), await ready()]).toEqual([503, 503]);
    expect(server.output().match(/^DATA_DIR must have room to write: .+$/gm)).toHaveLength(1);

    rmSync(diskIsFull);
    expect(await ready()).toBe(200);
    expect(await configure()).toHaveProperty('sessionToken');
    server.process.kill('SIGKILL');
    await server.ended;
  }, 180_000);

  it('where it cannot even write its log, ends the process with one clear line, and has all that it stored once there is room again', async () => {
    const first = await serve();
    const { sessionToken } = await first.configure();
    writeFileSync(diskIsFull, 'for anything');
    await first.configure().catch(() => {});
    expect(await first.server.ended).toBe(1);
    expect(first.server.output()).toContain('\nDATA_DIR must have room to write: ');
    expect(first.server.output()).not.toContain(KEY);

    rmSync(diskIsFull);
    const second = await serve();
    expect((await second.session(sessionToken)).status).toBe(200);
    expect(await second.configure()).toHaveProperty('sessionToken');
    second.server.process.kill('SIGKILL');
    await second.server.ended;
  }, 180_000);
});
