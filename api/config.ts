import { readFileSync } from 'node:fs';
import { DEFAULT_PORTS } from './egress/policy.js';
import { ConfigError, Environment, isAddressOrCidr, isHostAndPort, isOrigin, isPort } from './environment.js';
import { pathFromRoot } from './root.js';
import { isGuessable, type KeyRing, parseKeyRing, randomKeyRing } from './sessions/key-ring.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** The longest that a session may live, and with it a visitor's key. */
const MAX_SESSION_SECONDS = 3_600;

export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** The API's address as browsers see it, without a slash at its end. */
  publicUrl: string;
  databaseUrl: string | undefined;
  dataDir: string | 'memory';
  redisUrl: string | undefined;
  keyRing: KeyRing;
  /** Exact origins of pages that may embed the widget, or any. */
  allowedOrigins: ReadonlySet<string> | '*';
  /** Addresses and CIDRs of the proxies whose forwarded headers are believed. */
  trustProxy: readonly string[];
  sessionTtlSeconds: number;
  sessionsPerIp: number;
  promptsPerSession: number;
  questionsPerSession: number;
  rateLimitPerMinute: number;
  modelTimeoutMs: number;
  egress: {
    /** `host:port` that the address guard lets through. */
    allowedPrivateEndpoints: readonly string[];
    allowPlainHttp: boolean;
    allowedPorts: ReadonlySet<number>;
    /** Addresses and CIDRs that no visitor's endpoint may have, beside those that are never allowed. */
    deniedAddresses: readonly string[];
    targetCallsPerMinute: number;
  };
  sampleModel: boolean;
  metricsToken: string | undefined;
  suitesDir: string;
  /** The model that helps Atlas understand questions; null: none. */
  atlasModel: { baseUrl: string; apiKey: string; model: string } | null;
  signupUrl: string;
  logLevel: (typeof LOG_LEVELS)[number];
}

/**
 * Reads all settings, once.
 *
 * @throws {ConfigError} naming the first variable that has a bad value, or that is missing
 */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const environment = new Environment(variables);
  const production = environment.text('NODE_ENV') === 'production';
  const port = environment.integer('PORT', { min: 1, max: 65_535, byDefault: 8787 });
  const publicUrl = environment.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`;
  return Object.freeze({
    production,
    host: environment.text('HOST') ?? '127.0.0.1',
    port,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    databaseUrl: environment.url('DATABASE_URL', ['postgresql:', 'postgres:']),
    dataDir: environment.text('DATA_DIR') ?? pathFromRoot('.data'),
    redisUrl: environment.url('REDIS_URL', ['redis:', 'rediss:']),
    keyRing: readKeyRing(environment, production),
    allowedOrigins: readAllowedOrigins(environment, production, new URL(publicUrl).origin),
    trustProxy: environment.list(
      'TRUST_PROXY',
      isAddressOrCidr,
      'the addresses or CIDRs of your proxies, such as 10.0.0.0/8 (a hop count or "true" would let visitors forge theirs)',
    ),
    sessionTtlSeconds: environment.integer('SESSION_TTL_SECONDS', {
      min: 1,
      max: MAX_SESSION_SECONDS,
      byDefault: MAX_SESSION_SECONDS,
    }),
    sessionsPerIp: environment.integer('SESSIONS_PER_IP', { min: 1, max: 100_000, byDefault: 1 }),
    promptsPerSession: environment.integer('PROMPTS_PER_SESSION', { min: 1, max: 1_000, byDefault: 20 }),
    questionsPerSession: environment.integer('QUESTIONS_PER_SESSION', { min: 0, max: 100_000, byDefault: 200 }),
    rateLimitPerMinute: environment.integer('RATE_LIMIT_PER_MINUTE', { min: 1, max: 10_000_000, byDefault: 120 }),
    modelTimeoutMs: environment.integer('MODEL_TIMEOUT_MS', { min: 100, max: 600_000, byDefault: 60_000 }),
    egress: readEgress(environment),
    sampleModel: environment.flag('SAMPLE_MODEL', true),
    metricsToken: environment.text('METRICS_TOKEN'),
    suitesDir: environment.text('SUITES_DIR') ?? pathFromRoot('suites'),
    atlasModel: readAtlasModel(environment),
    signupUrl: environment.url('SIGNUP_URL', ['http:', 'https:']) ?? 'https://finetunelab.ai/signup',
    logLevel: environment.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

function readKeyRing(environment: Environment, production: boolean): KeyRing {
  const file = environment.text('ENCRYPTION_KEY_FILE');
  const variable = file ? 'ENCRYPTION_KEY_FILE' : 'ENCRYPTION_KEY';
  const text = file ? readKeyFile(file) : environment.text('ENCRYPTION_KEY');
  if (text === undefined) {
    if (production)
      throw new ConfigError('ENCRYPTION_KEY_FILE', 'or ENCRYPTION_KEY must be set when NODE_ENV=production');
    return randomKeyRing();
  }
  const ring = parseKeyRing(text);
  if (!ring) throw new ConfigError(variable, 'must hold keys of 32 bytes, base64 or hex, separated by commas or lines');
  if (ring.some(isGuessable)) {
    throw new ConfigError(variable, 'holds a key that anyone could guess; make one with: openssl rand -base64 32');
  }
  return ring;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      'ENCRYPTION_KEY_FILE',
      `must name a file that can be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

function readAllowedOrigins(environment: Environment, production: boolean, own: string): ReadonlySet<string> | '*' {
  const text = environment.text('ALLOWED_ORIGINS');
  if (production && (text === undefined || text === '*')) {
    throw new ConfigError('ALLOWED_ORIGINS', 'must list the origins of your pages when NODE_ENV=production');
  }
  if (text === undefined || text === '*') return '*';
  const origins = environment.list('ALLOWED_ORIGINS', isOrigin, 'origins such as https://example.com, without a path');
  return new Set([own, ...origins]);
}

function readEgress(environment: Environment): Config['egress'] {
  const ports = environment.list('ALLOWED_PORTS', isPort, 'ports from 1 to 65535').map(Number);
  return {
    allowedPrivateEndpoints: environment.list('ALLOWED_PRIVATE_ENDPOINTS', isHostAndPort, 'host:port'),
    allowPlainHttp: environment.flag('ALLOW_PLAIN_HTTP', false),
    allowedPorts: ports.length > 0 ? new Set(ports) : DEFAULT_PORTS,
    deniedAddresses: environment.list('DENIED_ADDRESSES', isAddressOrCidr, 'addresses or CIDRs such as 8.8.8.0/24'),
    targetCallsPerMinute: environment.integer('TARGET_CALLS_PER_MINUTE', { min: 1, max: 1_000_000, byDefault: 600 }),
  };
}

function readAtlasModel(environment: Environment): Config['atlasModel'] {
  const baseUrl = environment.url('ATLAS_BASE_URL', ['http:', 'https:']);
  const model = environment.text('ATLAS_MODEL');
  const apiKey = environment.text('ATLAS_API_KEY');
  if (!baseUrl && !model) {
    if (apiKey) throw new ConfigError('ATLAS_API_KEY', 'goes with ATLAS_BASE_URL and ATLAS_MODEL, which are not set');
    return null;
  }
  if (!baseUrl) throw new ConfigError('ATLAS_BASE_URL', 'must be set where ATLAS_MODEL is');
  if (!model) throw new ConfigError('ATLAS_MODEL', 'must be set where ATLAS_BASE_URL is');
  return { baseUrl, model, apiKey: apiKey ?? '' };
}
