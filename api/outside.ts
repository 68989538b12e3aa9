import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { SAMPLE_MODEL_PREFIX } from './contract/limits.js';
import { createEgress, type Egress } from './egress/egress.js';
import type { CountTogether } from './egress/target-limit.js';
import { createInProcessBus, type EventBus } from './events/bus.js';
import { createRedisBus } from './events/redis-bus.js';

const USER_AGENT = 'FineTuneLab-Atlas-Demo/2';

/** How long Redis keeps the count of a minute: the clocks of processes differ. */
const COUNT_KEPT_SECONDS = 120;

/** How run events reach the other instances, where there are any. */
export function openBus({ redisUrl }: Config, log: Logger): EventBus {
  if (!redisUrl) return createInProcessBus();
  return createRedisBus({
    url: redisUrl,
    onState: (state) => log.warn(state === 'away' ? 'Redis is away: instances work alone' : 'Redis is connected'),
  });
}

/** Where requests and calls are counted. That must not wait for an absent Redis: it fails at once. */
export function openRedis({ redisUrl }: Config): Redis | null {
  if (!redisUrl) return null;
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 500 });
  // Raised at every attempt to connect; the bus reports that Redis is away.
  redis.on('error', () => {});
  return redis;
}

interface EgressParts {
  redis: Redis | null;
  /** What tells the sample model that a call is ours. */
  ownHeaders: Readonly<Record<string, string>>;
  ownOrigin: () => string;
}

/**
 * The door to visitors' endpoints. `ownOrigin` is where this server really listens: the sample model is called there,
 * because PUBLIC_URL may lead through a proxy that cannot be reached from here.
 */
export function openEgress(config: Config, { redis, ownHeaders, ownOrigin }: EgressParts): Egress {
  const { publicUrl, egress, sampleModel } = config;
  const ownAddresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const privateEndpoints = egress.allowedPrivateEndpoints.map((hostPort) => ({ hostPort }));
  const ownModel = {
    urlPrefix: `${publicUrl}${SAMPLE_MODEL_PREFIX}/`,
    dialOrigin: ownOrigin,
    headers: ownHeaders,
  };
  return createEgress({
    policy: {
      allowPlainHttp: egress.allowPlainHttp,
      ports: egress.allowedPorts,
      ownHosts: [new URL(publicUrl).hostname, ...ownAddresses.map(({ address }) => address)],
      deny: egress.deniedAddresses,
      exempt: sampleModel ? [ownModel, ...privateEndpoints] : privateEndpoints,
      callsPerMinutePerTarget: egress.targetCallsPerMinute,
      userAgent: `${USER_AGENT} (+${publicUrl})`,
    },
    countTogether: redis ? countIn(redis) : undefined,
  });
}

/** Counts calls where all processes do. */
export function countIn(redis: Redis): CountTogether {
  return async (target, minute) => {
    const key = `ftl-atlas-calls-${minute}-${target}`;
    const results = await redis.multi().incr(key).expire(key, COUNT_KEPT_SECONDS).exec();
    return Number(results?.[0]?.[1] ?? 0);
  };
}

/** The door to the operator's helping model, and to nothing else: the operator may run it on a private network. */
export function openHelperEgress({ publicUrl }: Config, baseUrl: string): Egress {
  const { hostname, port, protocol } = new URL(baseUrl);
  const hostPort = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return createEgress({
    policy: {
      allowPlainHttp: false,
      ports: new Set(),
      ownHosts: [],
      deny: [],
      exempt: [{ hostPort }],
      callsPerMinutePerTarget: Number.POSITIVE_INFINITY,
      userAgent: `${USER_AGENT} (+${publicUrl})`,
    },
  });
}

/** How this machine reaches a server that listens at `address`. */
export function originOf({ address, family, port }: AddressInfo): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = wildcards[address] ?? address;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
