import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../../api/contract/limits.js';
import type { ConfigureResponse } from '../../api/contract/session.js';
import { pathFromRoot } from '../../api/root.js';
import { freePort, listening, startServer } from '../server-process.js';

const KEY = 'sk-full-disk+canary/20d7=';
const folder = mkdtempSync(join(tmpdir(), 'atlas-full-disk-'));
const diskIsFull = join(folder, 'disk-is-full');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serve() {
  const port = await freePort();
  const server = startServer({
    PORT: port,
    DATA_DIR: join(folder, 'data'),
    SESSIONS_PER_IP: '10',
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
  const session = (token: string) =>
    fetch(`${url}${API_PREFIX}/session`, { headers: { authorization: `Bearer ${token}` } });
  return { server, configure, session };
}

describe('the embedded database on a full disk', () => {
  it('ends the process with one clear line, and has all that it stored once there is room again', async () => {
    const first = await serve();
    const { sessionToken } = await first.configure();
    writeFileSync(diskIsFull, '');
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
