import { Registry } from 'prom-client';
import type { AppDeps } from './app.js';
import { ask, opening } from './atlas/ask.js';
import { ASSIST_TIMEOUT_MS, askWithHelp } from './atlas/assist/assist.js';
import { type Atlas, type AtlasOptions, createAtlas } from './atlas/service.js';
import { findMessages } from './atlas/store.js';
import type { Config } from './config.js';
import { type Database, openDatabase, type PrismaClient } from './database/database.js';
import type { AuthenticatedSession } from './http/authenticate.js';
import { createLogger, type LogOptions } from './http/logging.js';
import { createOwnCalls } from './http/own-calls.js';
import { createModelClient, type ModelClient } from './model/client.js';
import { createJsonModel } from './model/json-model.js';
import type { EndpointProfile } from './model/profile.js';
import { openBus, openEgress, openHelperEgress, openRedis, originOf } from './outside.js';
import { toPublicConfig } from './public-config.js';
import { Runs } from './runs/service.js';
import { findLatestRun } from './runs/store.js';
import { measureSessions } from './sessions/metrics.js';
import { createSessions, type SessionEndReason } from './sessions/sessions.js';
import { SessionStore } from './sessions/store.js';
import { startSweeper } from './sessions/sweeper.js';
import { Vault } from './sessions/vault.js';
import { needing } from './start-failure.js';
import { loadSuites } from './suites/load.js';

/** What tests put in the place of the real thing. */
export interface Edges {
  database?: Database;
  modelClient?: ModelClient;
  logStream?: LogOptions['stream'];
}

/** Builds the real dependencies from the settings. */
export async function wire(config: Config, edges: Edges = {}): Promise<AppDeps> {
  const log = createLogger({ level: config.logLevel, stream: edges.logStream });
  const suites = await needing('SUITES_DIR', 'a folder of suites', loadSuites(config.suitesDir));
  const database = edges.database ?? (await open(config));
  const { prisma } = database;
  const events = openBus(config, log);
  const redis = openRedis(config);
  const registry = new Registry();

  let ownOrigin = `http://127.0.0.1:${config.port}`;
  const ownCalls = createOwnCalls();
  const egress = openEgress(config, { redis, ownHeaders: ownCalls.headers, ownOrigin: () => ownOrigin });
  const modelClient = edges.modelClient ?? createModelClient({ egress, timeoutMs: config.modelTimeoutMs });

  const store = new SessionStore(prisma);
  const onSessionEnded = (sessionId: string, reason: SessionEndReason) => {
    void runs.abort(sessionId);
    events.publish(sessionId, [{ type: 'session.ended', reason }]);
  };
  const sessions = createSessions({
    store,
    vault: new Vault(config.keyRing),
    addressSecret: await store.addressSecret(),
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
  const runs: Runs = new Runs({
    database,
    events,
    credentials: sessions.credentials,
    // Only the connection test writes a profile.
    connect: ({ profile, ...endpoint }) => modelClient.connect({ ...endpoint, profile: profile as EndpointProfile }),
    suites,
    promptsPerSession: config.promptsPerSession,
    onRunEnd: (tx, sessionId, run) => atlas.open(tx, sessionId, run),
    log,
  });
  const atlas: Atlas = createAtlas({
    prisma,
    language: { ask: chooseAsk(config), opening },
    questionsPerSession: config.questionsPerSession,
    latestRun: (sessionId) => runs.latest({ sessionId }),
    getRun: (sessionId, runId) => runs.get({ sessionId }, runId),
    onOpeningFailed: (error) => log.error({ err: error }, 'Atlas could not open the conversation'),
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
    ownCalls,
    publicConfig: toPublicConfig(config),
    suites,
    sessions,
    runs,
    atlas,
    loadRun: (session, runId) => loadRun(runs, prisma, session, runId),
    onListen(address) {
      ownOrigin = originOf(address);
    },
    checkReady: database.checkReady,
    async close() {
      await stopSweeper();
      await events.close();
      redis?.disconnect();
      if (!edges.database) await database.close();
    },
  };
}

function open({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl) {
    return needing(
      'DATABASE_URL',
      'a PostgreSQL database that can be reached',
      openDatabase({ url: databaseUrl, dataDir }),
    );
  }
  return needing('DATA_DIR', 'a folder that this process alone writes to', openDatabase({ dataDir }));
}

/** Atlas alone, or with the operator's model to read what Atlas cannot. */
function chooseAsk(config: Config): AtlasOptions['language']['ask'] {
  if (!config.atlasModel) return ask;
  const { baseUrl, apiKey, model } = config.atlasModel;
  const askForJson = createJsonModel({
    egress: openHelperEgress(config, baseUrl),
    endpoint: { endpointUrl: baseUrl, apiKey, modelId: model },
    timeoutMs: ASSIST_TIMEOUT_MS,
  });
  return (input) => askWithHelp(input, askForJson);
}

/** A run with the model that it was run on, which the session may have replaced since. */
async function loadRun(runs: Runs, prisma: PrismaClient, session: AuthenticatedSession, runId?: string) {
  const run = runId === undefined ? await runs.latest(session) : await runs.get(session, runId);
  const stored = run && (await prisma.demoBatchTestRun.findUnique({ where: { id: run.runId } }));
  if (!run || !stored) return null;
  const { endpointUrl, modelId } = stored;
  const { sessionId, expiresAt } = session;
  return { session: { sessionId, expiresAt: expiresAt.toISOString(), model: { endpointUrl, modelId } }, run };
}
