import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX, LIMITS } from '../../api/contract/limits.js';
import type { Row, Run } from '../../api/contract/row.js';
import type { ConfigureResponse, Session } from '../../api/contract/session.js';
import type { RunEvent } from '../../api/contract/socket.js';
import { copyInitialData } from '../initial-data.js';
import { until } from '../model.js';
import { disguisesOf } from '../rows.js';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../scripted-endpoint.js';
import { freePort, listening, type ServerProcess, startServer } from '../server-process.js';
import { SocketClient } from '../socket-client.js';
import { isGood, type Scenario, scenarioOf, type Trouble } from './scenario.js';

const KEY = 'sk-chaos+canary/71fe=';
/** How many random courses of events; their seeds are 1, 2, … */
const SEEDS = Number(process.env.SEEDS || 2);

const folder = mkdtempSync(join(tmpdir(), 'atlas-chaos-'));
let endpoint: ScriptedEndpoint;
let env: Record<string, string>;
let server: ServerProcess;
let output = '';

async function serve(): Promise<void> {
  server = startServer(env);
  await listening(server);
}

async function killServer(): Promise<void> {
  server.process.kill('SIGKILL');
  await server.ended;
  output += server.output();
}

beforeAll(async () => {
  copyInitialData(join(folder, 'data'));
  endpoint = await startScriptedEndpoint();
  env = {
    PORT: await freePort(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ALLOWED_PRIVATE_ENDPOINTS: endpoint.hostPort,
    DATA_DIR: join(folder, 'data'),
    SESSIONS_PER_IP: '100000',
    PROMPTS_PER_SESSION: '1000',
    RATE_LIMIT_PER_MINUTE: '1000000',
    MODEL_TIMEOUT_MS: '1500',
    LOG_LEVEL: 'trace',
  };
  await serve();
}, 120_000);
afterAll(async () => {
  await killServer();
  endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One visitor who keeps the token and the number of the last event, as the widget does. */
class Visit {
  readonly events: RunEvent[] = [];
  readonly runIds: string[] = [];
  kills = 0;
  #token = '';
  #socket!: SocketClient;

  constructor(readonly prompts: { id: string; text: string; fault: string }[]) {}

  async call<T>(path: string, body?: object): Promise<{ status: number; answer: T }> {
    const authorization: Record<string, string> = this.#token ? { authorization: `Bearer ${this.#token}` } : {};
    const response = await fetch(`http://localhost:${env.PORT}${API_PREFIX}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...authorization },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as T };
  }

  async enterKey(): Promise<void> {
    const target = { endpointUrl: endpoint.url, apiKey: KEY, modelId: 'sim' };
    const { status, answer } = await this.call<ConfigureResponse>('/configure', target);
    expect(status, JSON.stringify(answer)).toBe(201);
    this.#token = answer.sessionToken;
  }

  async start(request: object): Promise<void> {
    const { status, answer } = await this.call<{ run: Run }>('/batch-test', request);
    expect(status, JSON.stringify(answer)).toBe(202);
    this.runIds.push(answer.run.runId);
  }

  async listen(): Promise<void> {
    this.#socket = await SocketClient.open(`http://localhost:${env.PORT}`);
    await this.#socket.hello(this.#token, this.events.at(-1)?.seq ?? 0);
  }

  /** What came through the socket so far is this visitor's for good. */
  hangUp(): void {
    this.#socket.drop();
    this.events.push(...this.#socket.events);
  }

  async run(runId = this.runIds.at(-1)!): Promise<Run> {
    return (await this.call<Run>(`/batch-test/${runId}`)).answer;
  }

  async runs(): Promise<Run[]> {
    return Promise.all(this.runIds.map((runId) => this.run(runId)));
  }

  async session(): Promise<Session> {
    return (await this.call<Session>('/session')).answer;
  }

  async finish(): Promise<void> {
    await until(async () => (await this.run()).finishedAt !== null, 60_000);
  }
}

/** How often each prompt has reached the endpoint, and whether it was answered to the end: as the endpoint counts. */
async function seenByEndpoint({ prompts }: Visit) {
  const requests = await endpoint.requests();
  return prompts.map(({ id }) => {
    const ofPrompt = requests.filter((request) => request.id === id);
    return { calls: ofPrompt.length, answered: ofPrompt.some(({ completed }) => completed) };
  });
}

/** Enters the key again and has the rest run; what has finished must not be called again. */
async function resume(visit: Visit): Promise<void> {
  const { runId, results, status } = await visit.run();
  expect(['interrupted', 'cancelled', 'completed']).toContain(status);
  const unfinished = results.filter((row) => row.status === 'cancelled').map(({ number }) => number);
  if (unfinished.length === 0) return;
  const before = await seenByEndpoint(visit);
  await visit.enterKey();
  await visit.start({ resume: runId });
  await visit.finish();
  const after = await seenByEndpoint(visit);
  const finished = results.filter(({ number }) => !unfinished.includes(number));
  for (const { number } of finished) expect(after[number - 1]!.calls).toBe(before[number - 1]!.calls);
}

const TROUBLES: Record<Trouble, (visit: Visit) => Promise<void>> = {
  async drop(visit) {
    visit.hangUp();
    await visit.listen();
  },
  async kill(visit) {
    await killServer();
    visit.hangUp();
    visit.kills += 1;
    await serve();
    await visit.listen();
  },
  async cancel(visit) {
    await visit.call(`/batch-test/${visit.runIds.at(-1)}/cancel`, {});
  },
  async 'start again'(visit) {
    const { status } = await visit.call('/batch-test', { prompts: [{ prompt: 'P00 never' }] });
    expect(status).toBe(409);
  },
};

async function play({ prompts, concurrency, troubles }: Scenario, seed: number): Promise<Visit> {
  const visit = new Visit(
    prompts.map(({ fault, totalMs }, index) => {
      const id = `P${seed * 100 + index + 10}`;
      return { id, fault, text: `${id} [[ttft=10;total=${totalMs};after=30;fault=${fault}]]` };
    }),
  );
  await visit.enterKey();
  await visit.listen();
  await visit.start({ prompts: visit.prompts.map(({ text }) => ({ prompt: text })), concurrency });
  for (const { after, what } of troubles) {
    await sleep(after);
    await TROUBLES[what](visit);
  }
  await visit.finish();
  await resume(visit);
  await sleep(100);
  visit.hangUp();
  return visit;
}

/** Rows of all runs, by the prompt's number: resumed ones come last. */
function rowsByNumber(runs: readonly Run[]): Map<number, Row[]> {
  const rows = new Map<number, Row[]>();
  for (const row of runs.flatMap(({ results }) => results))
    rows.set(row.number, [...(rows.get(row.number) ?? []), row]);
  return rows;
}

describe('a visit in which everything goes wrong', () => {
  it.for(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'keeps its promises: seed %i',
    { timeout: 180_000 },
    async (seed, { task }) => {
      const scenario = scenarioOf(seed);
      const visit = await play(scenario, seed);
      const runs = await visit.runs();
      task.meta.figures = { tried: visit.kills };

      for (const run of runs) {
        expect(['completed', 'cancelled', 'interrupted']).toContain(run.status);
        expect(run.results).toHaveLength(run.total);
      }

      const seen = await seenByEndpoint(visit);
      for (const [number, rows] of rowsByNumber(runs)) {
        const { fault } = visit.prompts[number - 1]!;
        const { calls, answered } = seen[number - 1]!;
        const about = `prompt ${number}, ${fault || 'healthy'}`;
        // A server that dies knows of the call under way, not of those that it would have counted after it.
        const most = rows.map(({ attempts, error }) => (error?.type === 'interrupted' ? LIMITS.attempts : attempts));
        expect(calls, about).toBeLessThanOrEqual(most.reduce((sum, count) => sum + count, 0));
        for (const row of rows) {
          expect(row.attempts, about).toBeLessThanOrEqual(LIMITS.attempts);
          if (row.status === 'ok') expect([isGood(fault), answered], about).toEqual([true, true]);
        }
      }

      const { events } = visit;
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      const told = events.flatMap((event) => (event.type === 'prompt.finished' ? [event.row] : []));
      const stored = runs.flatMap(({ results }) => results);
      for (const row of told) expect(stored).toContainEqual(row);

      const { credentials, run } = await visit.session();
      expect([credentials.stored, run?.runId]).toEqual([false, visit.runIds.at(-1)]);
      for (const form of disguisesOf(KEY)) expect(output + server.output()).not.toContain(form);
    },
  );
});
