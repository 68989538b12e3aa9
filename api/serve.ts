import { collectDefaultMetrics } from 'prom-client';
import { buildApp } from './app.js';
import { type Config, readConfig } from './config.js';
import { leavesCoreDumps } from './core-dumps.js';
import { whyNotListening } from './start-failure.js';
import { wire } from './wiring.js';

/** After this long a shutdown is cut short: what still runs is interrupted, and can be resumed. */
const SHUTDOWN_MS = 40_000;
const SECRETS = [
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_FILE',
  'DATABASE_URL',
  'REDIS_URL',
  'ATLAS_API_KEY',
  'METRICS_TOKEN',
];

try {
  await serve(takeConfig());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** Diagnostic reports and child processes show the environment, so nothing secret stays in what they are given. */
function takeConfig(): Config {
  const config = readConfig(process.env);
  for (const name of SECRETS) delete process.env[name];
  return config;
}

async function serve(config: Config): Promise<void> {
  const deps = await wire(config);
  if (leavesCoreDumps()) {
    deps.log.warn('a crash would leave a core dump, which can hold a visitor’s key: start with ulimit -c 0');
  }
  collectDefaultMetrics({ register: deps.registry });
  const app = await buildApp(deps);
  await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
    await app.close();
    throw whyNotListening(error);
  });
  process.stdout.write(`The Atlas demo is at ${config.publicUrl}/\n`);

  const stop = async () => {
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await app.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  // Node would print the error with its message, which may hold what an upstream sent.
  const die = (error: unknown) => {
    deps.log.fatal({ err: error }, 'the process cannot go on');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
