import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { SAMPLE_MODEL_PREFIX } from '../contract/limits.js';
import { isApiRequest } from './api-request.js';
import type { App } from './app-type.js';
import { normaliseAddress } from './client-address.js';
import type { OwnCalls } from './own-calls.js';
import { ProblemError } from './problem.js';

const WINDOW_MS = 60_000;
/** Addresses that one instance remembers. */
const REMEMBERED_ADDRESSES = 50_000;

/** Counts one request or message of a client address. @throws {ProblemError} `rate_limited` over the limit */
export type CountMessage = (address: string) => Promise<void>;

export interface RateLimitOptions {
  perMinute: number;
  /** Where instances count together. While it is away, each counts alone. */
  redis: Redis | null;
}

export async function createRateLimit(app: App, { perMinute, redis }: RateLimitOptions): Promise<CountMessage> {
  const alone = await createLimiter(app, { max: perMinute });
  const together = redis && (await createLimiter(app, { max: perMinute, redis, nameSpace: 'ftl-atlas-rate-' }));

  return async (address) => {
    const limit = (together && (await together(address).catch(() => null))) ?? (await alone(address));
    if (limit.isAllowed || !limit.isExceeded) return;
    throw new ProblemError('rate_limited', `Too many requests. Try again in ${limit.ttlInSeconds} seconds.`, {
      retryAfterSeconds: limit.ttlInSeconds,
    });
  };
}

/** Counts every request to the API, and those of strangers to the sample model. Pages and health checks are free. */
export function limitRequests(app: App, countMessage: CountMessage, { isOwn }: OwnCalls): void {
  app.addHook('onRequest', async (request) => {
    const isStranger = request.routeOptions.url?.startsWith(SAMPLE_MODEL_PREFIX) && !isOwn(request);
    if (isApiRequest(request) || isStranger) await countMessage(request.ip);
  });
}

/** One counter of the plugin, in a scope of its own: its decorators are not shared. */
async function createLimiter(app: App, options: { max: number; redis?: Redis; nameSpace?: string }) {
  let count: ReturnType<App['createRateLimit']> | undefined;
  await app.register(async (scope) => {
    await scope.register(rateLimit, { global: false, timeWindow: WINDOW_MS, cache: REMEMBERED_ADDRESSES, ...options });
    count = scope.createRateLimit();
  });
  // Of a request the plugin reads the address and the route's own settings, of which we have none.
  return (address: string) => count!({ ip: normaliseAddress(address), routeOptions: {} } as FastifyRequest);
}
