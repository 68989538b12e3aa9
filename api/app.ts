import type { AddressInfo } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { atlasRoutes } from './atlas/routes.js';
import type { Atlas } from './atlas/service.js';
import type { Config } from './config.js';
import { LIMITS, OPEN_STREAMS } from './contract/limits.js';
import type { PublicConfig, Suite } from './contract/session.js';
import { isDatabaseAway } from './database/away.js';
import { type ExportRoutesOptions, exportRoutes } from './exports/routes.js';
import type { App } from './http/app-type.js';
import { createAuthenticate } from './http/authenticate.js';
import { refuseWhileClosing } from './http/closing.js';
import { configRoutes } from './http/config-routes.js';
import { handleErrors, refuseBadUrl } from './http/errors.js';
import { frameRoutes } from './http/frame.js';
import { acceptJson } from './http/json-body.js';
import { logRequests } from './http/logging.js';
import { measureRequests, measureStreams } from './http/metrics.js';
import { OpenStreams } from './http/open-streams.js';
import { describeApi } from './http/openapi.js';
import { operationsRoutes } from './http/operations.js';
import { allowOrigins } from './http/origins.js';
import type { OwnCalls } from './http/own-calls.js';
import { pageRoutes } from './http/pages.js';
import { warnOfUnlistedProxy } from './http/proxy-warning.js';
import { createRateLimit, limitRequests } from './http/rate-limit.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { acceptSockets, socketRoutes } from './http/socket.js';
import { dropIdleReaders } from './http/unread.js';
import { runRoutes } from './runs/routes.js';
import type { Runs } from './runs/service.js';
import { sampleModelRoutes } from './sample-model/routes.js';
import { sessionRoutes } from './sessions/routes.js';
import type { Sessions } from './sessions/sessions.js';
import { suiteRoutes } from './suites/routes.js';

/** From the first byte of a request to its last. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How often that is looked at: Node's own half a minute would let a dripping request have a whole one. */
const TIMEOUT_CHECK_MS = 2_000;

export interface AppDeps {
  config: Config;
  log: Logger;
  registry: Registry;
  redis: Redis | null;
  ownCalls: OwnCalls;
  publicConfig: PublicConfig;
  suites: readonly Suite[];
  sessions: Sessions;
  runs: Runs;
  atlas: Atlas;
  loadRun: ExportRoutesOptions['loadRun'];
  /** Told where the server listens. */
  onListen(address: AddressInfo): void;
  checkReady(): Promise<void>;
  /** Ends what the app was given, after the last request. */
  close(): Promise<void>;
}

/** The map of the server: what every request meets, then one plugin for each feature. */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { config, log, registry, sessions, runs, atlas, suites } = deps;
  const app: App = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Node takes the longer of the two for the request: left at its minute, the headers' would win.
    http: { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    forceCloseConnections: true,
    frameworkErrors: refuseBadUrl,
    // It would refuse in its own words: refuseWhileClosing does.
    return503OnClosing: false,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.addHook('onListen', async () => deps.onListen(app.server.address() as AddressInfo));
  app.addHook('onClose', deps.close);

  // Handlers return what their schemas say: the compiler sees to that, so the answers go out as they are.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));

  handleErrors(app, { isDatabaseAway });
  await acceptSockets(app);
  refuseWhileClosing(app);
  app.addHook('preClose', () => runs.drain());
  logRequests(app);
  measureRequests(app, registry);
  acceptJson(app);
  dropIdleReaders(app);
  if (config.trustProxy.length === 0) warnOfUnlistedProxy(app);
  await setSecurityHeaders(app, config.publicUrl);
  await allowOrigins(app, config.allowedOrigins);
  const countMessage = await createRateLimit(app, { perMinute: config.rateLimitPerMinute, redis: deps.redis });
  limitRequests(app, countMessage, deps.ownCalls);
  await describeApi(app, config.publicUrl);
  const authenticate = createAuthenticate(app, sessions.authenticate);
  const openStreams = {
    bySession: new OpenStreams(OPEN_STREAMS.perSession),
    byAddress: new OpenStreams(Math.max(OPEN_STREAMS.perAddress, OPEN_STREAMS.perSession * config.sessionsPerIp)),
  };
  measureStreams(registry, openStreams);

  await app.register(configRoutes, { publicConfig: deps.publicConfig });
  await app.register(suiteRoutes, { suites });
  await app.register(sessionRoutes, { sessions, authenticate });
  await app.register(runRoutes, { runs, openStreams, authenticate });
  await app.register(atlasRoutes, { atlas, authenticate });
  await app.register(exportRoutes, { authenticate, loadRun: deps.loadRun, suites });
  await app.register(socketRoutes, {
    allowedOrigins: config.allowedOrigins,
    findSession: sessions.authenticate,
    touch: sessions.touch,
    snapshot: sessions.snapshot,
    countMessage,
    openStreams,
    runs,
    ask: atlas.ask,
    isDatabaseAway,
    log,
  });
  if (config.sampleModel) await app.register(sampleModelRoutes);
  await app.register(operationsRoutes, {
    registry,
    metricsToken: config.metricsToken,
    checkReady: deps.checkReady,
  });
  await app.register(pageRoutes, { publicUrl: config.publicUrl });
  await app.register(frameRoutes, { publicUrl: config.publicUrl, allowedOrigins: config.allowedOrigins });
  return app;
}
