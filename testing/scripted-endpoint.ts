import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathFromRoot } from '../api/root.js';

/** What the endpoint itself saw of one request: the truth that our figures are held against. */
export interface ScriptedRequest {
  path: string;
  /** The first P01, P02, … in the prompt, or `none`. */
  id: string;
  completed: boolean;
}

export interface ScriptedEndpoint {
  /** Such as http://127.0.0.1:41234/v1 */
  url: string;
  hostPort: string;
  /** The completions asked for so far and over; see the head of vendor/scripted-endpoint.mjs. */
  requests(): Promise<ScriptedRequest[]>;
  close(): void;
}

/** An endpoint in a process of its own that does with each prompt what the prompt says: `[[total=500;fault=reset]]`. */
export async function startScriptedEndpoint(): Promise<ScriptedEndpoint> {
  const child = spawn(process.execPath, [pathFromRoot('testing/vendor/scripted-endpoint.mjs'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [greeting] = await once(child.stdout, 'data');
  const hostPort = /127\.0\.0\.1:\d+/.exec(String(greeting))![0];
  return {
    url: `http://${hostPort}/v1`,
    hostPort,
    async requests() {
      const text = await (await fetch(`http://${hostPort}/__log`)).text();
      const rows = text.split('\n').filter((line) => line !== '');
      return rows
        .map((line) => JSON.parse(line) as ScriptedRequest)
        .filter(({ path }) => path.endsWith('/completions'));
    },
    close: () => child.kill(),
  };
}
