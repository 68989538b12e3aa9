import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../../api/contract/limits.js';
import type { Run } from '../../api/contract/row.js';
import type { ConfigureResponse } from '../../api/contract/session.js';
import { startFaultyUpstream } from '../faulty-upstream.js';
import { copyInitialData } from '../initial-data.js';
import { until } from '../model.js';
import { freePort, listening, startServer } from '../server-process.js';

const VISITORS_KEY = 'sk-visitor-51c0ffee';
const AMBIENT = 'ambient-value';

let proxy: Server;
let proxied = 0;
beforeAll(async () => {
  proxy = createServer((socket) => {
    proxied += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(() => {
  proxy.close();
});

/** All that a proxy's user or a user of the openai library may have in the environment. */
function ambientEnvironment(): Record<string, string> {
  const trap = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const proxies = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'npm_config_proxy',
  ];
  const secrets = ['API_KEY', 'ADMIN_KEY', 'ORG_ID', 'PROJECT_ID', 'WEBHOOK_SECRET'].map((name) => `OPENAI_${name}`);
  return {
    ...Object.fromEntries(proxies.map((name) => [name, trap])),
    ...Object.fromEntries(secrets.map((name) => [name, AMBIENT])),
    NO_PROXY: '',
    NODE_USE_ENV_PROXY: '1',
    OPENAI_BASE_URL: `${trap}/v1`,
    OPENAI_LOG: 'debug',
    OPENAI_CUSTOM_HEADERS: `api-key: ${AMBIENT}\nauthorization: Bearer ${AMBIENT}\naccept: ${AMBIENT}\nx-ours: ${AMBIENT}`,
  };
}

/** Connects a server of its own to an upstream of its own, with and without a key, and runs a prompt. @returns what went out */
async function whatGoesOut(environment: Record<string, string>) {
  const upstream = await startFaultyUpstream();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'atlas-environment-'));
  copyInitialData(folder);
  const server = startServer({
    ...environment,
    PORT: port,
    PUBLIC_URL: 'http://demo.example.org',
    DATA_DIR: folder,
    SESSIONS_PER_IP: '10',
    ALLOWED_PRIVATE_ENDPOINTS: `127.0.0.1:${upstream.ports.http}`,
  });
  await listening(server);
  const call = async <T>(path: string, token: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${API_PREFIX}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  for (const apiKey of [VISITORS_KEY, '']) {
    const target = { endpointUrl: upstream.base('ok'), apiKey, modelId: 'm' };
    const { sessionToken } = await call<ConfigureResponse>('/configure', '', target);
    const { run } = await call<{ run: Run }>('/batch-test', sessionToken, { prompts: [{ prompt: 'Hello' }] });
    await until(async () => (await call<Run>(`/batch-test/${run.runId}`, sessionToken)).finishedAt !== null);
  }
  server.process.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
  await upstream.close();
  const sent = upstream.log.map(({ method, path, headers: { host, ...headers }, body }) => ({
    method,
    path,
    headers,
    body,
  }));
  return { sent, output: server.output() };
}

describe('what the environment holds for other programs', () => {
  it('changes nothing of what goes out, nor where it goes', async () => {
    const [plain, ambient] = await Promise.all([whatGoesOut({}), whatGoesOut(ambientEnvironment())]);
    expect(plain.sent.length).toBeGreaterThanOrEqual(4);
    expect(plain.sent.some(({ headers }) => headers.authorization === `Bearer ${VISITORS_KEY}`)).toBe(true);
    expect(ambient.sent).toEqual(plain.sent);
    expect(JSON.stringify(ambient.sent)).not.toContain(AMBIENT);
    expect(ambient.output).not.toContain(AMBIENT);
    expect(proxied).toBe(0);
  });
});
