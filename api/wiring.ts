import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import type { AppDeps } from './app.js';
import { findMessages } from './atlas/store.js';
import type { Config } from './config.js';
import { LIMITS } from './contract/limits.js';
import type { PublicConfig } from './contract/session.js';
import { type Database, openDatabase } from './database/database.js';
import { createEgress, type Egress } from './egress/egress.js';
import { createInProcessBus, type EventBus } from './events/bus.js';
import { createRedisBus } from './events/redis-bus.js';
import { createLogger, type LogOptions } from './http/logging.js';
import { createModelClient, type ModelClient } from './model/client.js';
import type { EndpointProfile } from './model/profile.js';
import { Runs } from './runs/service.js';
import { findLatestRun } from './runs/store.js';
import { SAMPLE_MODEL_ID } from './sample-model/openai.js';
import { measureSessions } from './sessions/metrics.js';
import { createSessions, type SessionEndReason } from './sessions/sessions.js';
import { SessionStore } from './sessions/store.js';
import { startSweeper } from './sessions/sweeper.js';
import { Vault } from './sessions/vault.js';
import { loadSuites } from './suites/load.js';

const SAMPLE_MODEL_PATH = '/sample-model/';
const USER_AGENT = 'FineTuneLab-Atlas-Demo/2';

/** What tests put in the place of the real thing. */
export interface Edges {
  database?: Database;
  modelClient?: ModelClient;
  logStream?: LogOptions['stream'];
}

/** Builds the real dependencies from the settings. */
export async function wire(config: Config, edges: Edges = {}): Promise<AppDeps> {
  const log = createLogger({ level: config.logLevel, stream: edges.logStream });
  const suites = await loadSuites(config.suitesDir);
  const database = edges.database ?? (await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir }));
  const { prisma } = database;
  const events = openBus(config, log);
  const redis = config.redisUrl ? openRedis(config.redisUrl) : null;
  const registry = new Registry();

  let ownOrigin = `http://127.0.0.1:${config.port}`;
  const egress = openEgress(config, () => ownOrigin);
  const modelClient = edges.modelClient ?? createModelClient({ egress, timeoutMs: config.modelTimeoutMs });

  const store = new SessionStore(prisma);
  const onSessionEnded = (sessionId: string, reason: SessionEndReason) => {
    void runs.abort(sessionId);
    events.publish(sessionId, [{ type: 'session.ended', reason }]);
  };
  const sessions = createSessions({
    store,
    vault: new Vault(config.keyRing),
    keyRing: config.keyRing,
    testConnection: modelClient.test,
    latestRun: findLatestRun,
    messages: findMessages,
    onSessionEnded,
    limits: {
      ttlSeconds: config.sessionTtlSeconds,
      sessionsPerIp: config.sessionsPerIp,
      prompts: config.promptsPerSession,
      questions: config.questionsPerSession,
    },
  });
  const runs = new Runs({
    database,
    events,
    credentials: sessions.credentials,
    // Only the connection test writes a profile.
    connect: ({ profile, ...endpoint }) => modelClient.connect({ ...endpoint, profile: profile as EndpointProfile }),
    suites,
    promptsPerSession: config.promptsPerSession,
    onRunEnd: async () => {},
    log,
  });
  await runs.recover();
  measureSessions(registry, store);
  const stopSweeper = startSweeper({
    store,
    onSessionEnded,
    onError: (error) => log.warn({ err: error }, 'could not sweep sessions'),
  });

  return {
    config,
    log,
    registry,
    redis,
    publicConfig: toPublicConfig(config),
    suites,
    sessions,
    runs,
    onListen(address) {
      ownOrigin = loopbackOrigin(address);
    },
    async checkReady() {
      await prisma.$queryRaw`SELECT 1`;
    },
    async close() {
      await stopSweeper();
      await events.close();
      redis?.disconnect();
      if (!edges.database) await database.close();
    },
  };
}

function openBus(config: Config, log: ReturnType<typeof createLogger>): EventBus {
  if (!config.redisUrl) return createInProcessBus();
  return createRedisBus({
    url: config.redisUrl,
    onState: (state) => log.warn(state === 'away' ? 'Redis is away: instances work alone' : 'Redis is connected'),
  });
}

function openRedis(url: string): Redis {
  // Counting must not wait for an absent Redis: it fails at once, and each instance counts alone.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 500 });
  redis.on('error', () => {});
  return redis;
}

/** `ownOrigin` is where this server really listens: PUBLIC_URL may lead through proxies that we cannot reach. */
function openEgress(config: Config, ownOrigin: () => string): Egress {
  const { allowPlainHttp, allowedPorts, allowedPrivateEndpoints, deniedAddresses, targetCallsPerMinute } =
    config.egress;
  const ownAddresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const privateEndpoints = allowedPrivateEndpoints.map((hostPort) => ({ hostPort }));
  const sampleModel = { urlPrefix: `${config.publicUrl}${SAMPLE_MODEL_PATH}`, dialOrigin: ownOrigin };
  return createEgress({
    policy: {
      allowPlainHttp,
      ports: allowedPorts,
      ownHosts: [new URL(config.publicUrl).hostname, ...ownAddresses.map(({ address }) => address)],
      deny: deniedAddresses,
      exempt: config.sampleModel ? [sampleModel, ...privateEndpoints] : privateEndpoints,
      callsPerMinutePerTarget: targetCallsPerMinute,
      userAgent: `${USER_AGENT} (+${config.publicUrl})`,
    },
  });
}

function loopbackOrigin({ address, family, port }: AddressInfo): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = wildcards[address] ?? address;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}

function toPublicConfig(config: Config): PublicConfig {
  return {
    limits: {
      promptsPerSession: config.promptsPerSession,
      questionsPerSession: config.questionsPerSession,
      sessionTtlSeconds: config.sessionTtlSeconds,
      promptCharacters: LIMITS.promptCharacters,
      bodyBytes: LIMITS.bodyBytes,
      concurrency: LIMITS.concurrency,
      maxTokens: LIMITS.maxTokens,
      plainHttp: config.egress.allowPlainHttp,
    },
    signupUrl: config.signupUrl,
    sampleModel: config.sampleModel
      ? { endpointUrl: `${config.publicUrl}${SAMPLE_MODEL_PATH}v1`, modelId: SAMPLE_MODEL_ID }
      : null,
  };
}
