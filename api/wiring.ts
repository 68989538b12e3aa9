import { isAbsolute } from 'node:path';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import type { AppDeps } from './app.js';
import type { Config } from './config.js';
import { LIMITS } from './contract/limits.js';
import type { PublicConfig } from './contract/session.js';
import { type Database, openDatabase } from './database/database.js';
import type { LogOptions } from './http/logging.js';
import { pathFromRoot } from './root.js';
import { createSessions, type TestConnection } from './sessions/sessions.js';
import { SessionStore } from './sessions/store.js';
import { startSweeper } from './sessions/sweeper.js';
import { Vault } from './sessions/vault.js';
import { loadSuites } from './suites/load.js';

/** What tests put in the place of the real thing. */
export interface Edges {
  database?: Database;
  modelClient?: { test: TestConnection };
  logStream?: LogOptions['stream'];
}

/** Builds the real dependencies from the settings. */
export async function wire(config: Config, edges: Edges = {}): Promise<AppDeps> {
  const suites = await loadSuites(isAbsolute(config.suitesDir) ? config.suitesDir : pathFromRoot(config.suitesDir));
  const database = edges.database ?? (await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir }));
  const redis = config.redisUrl ? openRedis(config.redisUrl) : null;
  const store = new SessionStore(database.prisma);
  const sessions = createSessions({
    store,
    vault: new Vault(config.keyRing),
    keyRing: config.keyRing,
    testConnection: edges.modelClient!.test,
    latestRun: async () => null,
    messages: async () => [],
    onSessionEnded: () => {},
    limits: {
      ttlSeconds: config.sessionTtlSeconds,
      sessionsPerIp: config.sessionsPerIp,
      prompts: config.promptsPerSession,
      questions: config.questionsPerSession,
    },
  });
  const stopSweeper = startSweeper({ store, onSessionEnded: () => {}, onError: () => {} });
  return {
    config,
    log: { level: config.logLevel, stream: edges.logStream },
    registry: new Registry(),
    redis,
    publicConfig: toPublicConfig(config),
    suites,
    sessions,
    async checkReady() {
      await database.prisma.$queryRaw`SELECT 1`;
    },
    async close() {
      await stopSweeper();
      redis?.disconnect();
      if (!edges.database) await database.close();
    },
  };
}

function openRedis(url: string): Redis {
  // Counting must not wait for an absent Redis: it fails at once, and each instance counts alone.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 500 });
  redis.on('error', () => {});
  return redis;
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
    sampleModel: null,
  };
}
