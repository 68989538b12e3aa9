import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHORT_LIVED } from '../../scripts/short-lived.mjs';
import { copyInitialData } from '../initial-data.js';
import { freePort } from '../server-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Running {
  url: string;
  /** All that the process has printed. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

async function launch(script: string, args: string[], env: Record<string, string>, ready: RegExp): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [...SHORT_LIVED, script, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = ready.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** Where no DATA_DIR is given, on a folder that goes with the server. */
export async function startApi(env: Record<string, string>): Promise<Running> {
  const ready = /(http:\/\/localhost:\d+)/;
  const own = { PORT: await freePort(), ...env };
  if (env.DATA_DIR) return launch('dist/api/server.js', [], own, ready);
  const dataDir = mkdtempSync(join(tmpdir(), 'atlas-e2e-'));
  copyInitialData(dataDir);
  const api = await launch('dist/api/server.js', [], { ...own, DATA_DIR: dataDir }, ready);
  return {
    ...api,
    async stop(signal) {
      await api.stop(signal);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The scripted endpoint: deterministic timings, asks for `key`. */
export const startEndpoint = (key: string) =>
  launch('testing/vendor/scripted-endpoint.mjs', ['--port', '0', '--key', key], {}, /(http:\/\/127\.0\.0\.1:\d+)\/v1/);

/**
 * An example page on an origin of its own, with the server's address where a page of somebody else has to write it: in the
 * script's tag and in the policy, as the page itself says.
 */
export async function startExample(name: string, apiUrl: string): Promise<{ url: string; close(): void }> {
  const socketUrl = apiUrl.replace('http', 'ws');
  const html = readFileSync(join(root, 'examples', name), 'utf8')
    .replace('src="/widget/', `src="${apiUrl}/widget/`)
    .replace("script-src 'self'", `script-src ${apiUrl}`)
    .replace("connect-src 'self'", `connect-src ${apiUrl} ${socketUrl}`);
  const server = createServer((request, response) => {
    const isStyle = request.url?.startsWith('/examples/') && request.url.endsWith('.css');
    const body = isStyle ? readFileSync(join(root, request.url!)) : html;
    response.writeHead(200, { 'content-type': isStyle ? 'text/css' : 'text/html; charset=utf-8' }).end(body);
  });
  return listen(server);
}

/** A page of somebody else: `html` on an origin of its own, with headers as strict as they like. */
export async function startPage(
  html: string,
  headers: Record<string, string> = {},
): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  return listen(server);
}

async function listen(server: Server): Promise<{ url: string; close(): void }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
