import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { pathFromRoot } from '../api/root.js';
import { SHORT_LIVED } from '../scripts/short-lived.mjs';

/** The real server as a process of its own: for what only a process can do, such as die. */
export interface ServerProcess {
  process: ChildProcess;
  output(): string;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Where the server is bundled to before the tests. */
export const SERVER_BUNDLE = 'node_modules/.cache/atlas-api';

/** Nothing of our own environment but the PATH is passed on. `nodeOptions` are those of Node itself. */
export function startServer(env: Record<string, string>, nodeOptions: readonly string[] = SHORT_LIVED): ServerProcess {
  const child = spawn(process.execPath, [...nodeOptions, `${SERVER_BUNDLE}/server.js`], {
    cwd: pathFromRoot('.'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  return { process: child, output: () => output, ended };
}

/** @throws with all that it printed where it ended instead */
export async function listening(server: ServerProcess): Promise<void> {
  while (!server.output().includes('The Atlas demo is at')) {
    const ended = await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 50, 'not yet'))]);
    if (ended !== 'not yet') throw new Error(`the server ended with ${ended}:\n${server.output()}`);
  }
}

export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return String(typeof address === 'object' && address?.port);
}
