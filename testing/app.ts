import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../api/app.js';
import { readConfig } from '../api/config.js';
import { API_PREFIX } from '../api/contract/limits.js';
import type { ConfigureRequest, ConfigureResponse } from '../api/contract/session.js';
import type { Database } from '../api/database/database.js';
import type { App } from '../api/http/app-type.js';
import type { ModelClient } from '../api/model/client.js';
import { COMMON_PROFILE } from '../api/model/profile.js';
import { type Edges, wire } from '../api/wiring.js';
import { sharedDatabase } from './database.js';

export interface TestAppOptions {
  /** Environment variables, as an operator sets them. */
  env?: Record<string, string>;
  /** What takes the place of the real thing, beside the database. */
  edges?: Partial<Edges>;
}

export interface TestApp {
  app: App;
  database: Database;
  /** All that was logged so far. */
  logs(): string;
  /** Listens on a free port. @returns the address, such as http://127.0.0.1:41234 */
  listen(): Promise<string>;
  /** Somebody at an address that no other test has. */
  visitor(): Visitor;
  close(): Promise<void>;
}

export interface Visitor {
  /** Makes a real request or socket come from this visitor. */
  headers: { 'x-forwarded-for': string };
  /** A request without a socket; `path` is below the API's prefix. */
  request(path: string, options?: VisitorRequest): Promise<LightMyRequestResponse>;
  /** Opens a session. @throws where that fails */
  configure(target?: Partial<ConfigureRequest>): Promise<ConfigureResponse>;
}

export interface VisitorRequest {
  method?: 'GET' | 'POST' | 'OPTIONS';
  token?: string;
  body?: InjectOptions['payload'];
  headers?: Record<string, string>;
}

/** The real application on a real database. Logs are kept, proxies on this machine are believed. */
export async function openTestApp({ env = {}, edges = {} }: TestAppOptions = {}): Promise<TestApp> {
  const database = await sharedDatabase();
  const lines: string[] = [];
  const config = readConfig({
    TRUST_PROXY: '127.0.0.1',
    RATE_LIMIT_PER_MINUTE: '1000000',
    REDIS_URL: process.env.REDIS_URL,
    ...env,
  });
  const logStream = { write: (line: string) => void lines.push(line) };
  const app = await buildApp(await wire(config, { database, logStream, modelClient: agreeableModelClient, ...edges }));
  return {
    app,
    database,
    logs: () => lines.join(''),
    async listen() {
      await app.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
    visitor: () => visitorOf(app),
    close: () => app.close(),
  };
}

/** Says that every endpoint works, without calling it. */
export const agreeableModelClient: ModelClient = {
  async test({ endpointUrl }) {
    const connection = { latencyMs: 12, firstTokenMs: 5, models: ['model-a'] };
    return { ok: true, endpointUrl: endpointUrl.replace(/\/+$/, ''), profile: COMMON_PROFILE, connection };
  },
  connect() {
    throw new Error('this model client only tests connections');
  },
};

function visitorOf(app: App): Visitor {
  const headers = { 'x-forwarded-for': nextAddress() };
  const visitor: Visitor = {
    headers,
    request(path, { method = 'GET', token, body, headers: more } = {}) {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return app.inject({
        method,
        url: `${API_PREFIX}${path}`,
        payload: body,
        headers: { ...headers, ...authorization, ...more },
      });
    },
    async configure(target) {
      const body = { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-test', modelId: 'model-a', ...target };
      const response = await visitor.request('/configure', { method: 'POST', body });
      if (response.statusCode !== 201) throw new Error(`configure answered ${response.statusCode}: ${response.body}`);
      return response.json();
    },
  };
  return visitor;
}

const COUNTER = Symbol.for('atlas-demo.test-addresses');

/** Counts on over all files of a worker, since they share its database. */
function nextAddress(): string {
  const worker = globalThis as { [COUNTER]?: number };
  const number = (worker[COUNTER] ?? randomInt(0x7fffff)) + 1;
  worker[COUNTER] = number;
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}
