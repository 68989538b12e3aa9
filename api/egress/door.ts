import { type buildConnector, type Dispatcher, Pool } from 'undici';
import { LIMITS } from '../contract/limits.js';
import { CountedClient } from './counted-client.js';
import { EgressError } from './errors.js';
import { levelRefusal } from './level-refusals.js';
import { toEgressError } from './network-errors.js';
import type { Exemption } from './policy.js';
import { type Reply, toReply } from './reply.js';
import type { TargetLimit } from './target-limit.js';
import { startTimeLimit } from './time-limit.js';
import type { Target } from './url.js';

interface FetchInit {
  method: 'GET' | 'POST';
  headers: Headers;
  body?: string;
  signal?: AbortSignal;
}

export interface Door {
  /** Calls an address of the door's origin. Rejects, and its body throws, with EgressErrors only. */
  fetch(url: string, init: FetchInit): Promise<Reply>;
  close(): Promise<void>;
}

export interface DoorOptions {
  /** The only origin that this door leads to. */
  origin: string;
  /** Milliseconds from the call to the last byte of its answer. */
  timeoutMs: number;
  inspect: (url: string) => Target;
  /** Dials what it has checked. */
  connect: buildConnector.connector;
  /** Dials what the operator exempted. */
  connectExempt: buildConnector.connector;
  targetLimit: TargetLimit;
  userAgent: string;
}

/** All that a visitor's request may carry outward: what a library adds from our environment stays here. */
const FORWARDED_HEADERS = ['accept', 'api-key', 'authorization', 'content-type'];
/** The one deadline is the door's own: silence between two bytes ends nothing. */
const POOL_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  // More than a run has calls under way: none waits for another, which would count as the endpoint's latency.
  connections: 2 * LIMITS.concurrency.max,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
};

export function openDoor(options: DoorOptions): Door {
  // One for what is dialled checked, one for what is exempt: a path that is not must never ride on the other's sockets.
  const pools = new Map<Exemption | null, Pool>();

  async function call(url: string, init: FetchInit): Promise<Reply> {
    const target = options.inspect(url);
    if (target.url.origin !== options.origin) throw new EgressError('address_denied', { reason: 'other-origin' });
    if (target.exemption === null) options.targetLimit.takeHost(target.host);
    const pool = pools.get(target.exemption) ?? openPool(target.exemption, options);
    pools.set(target.exemption, pool);

    const limit = startTimeLimit(options.timeoutMs, init.signal);
    try {
      const request: Dispatcher.RequestOptions = {
        method: init.method,
        path: target.url.pathname + target.url.search,
        headers: { ...outgoingHeaders(init.headers, options.userAgent), ...ownHeaders(target.exemption) },
        body: init.body ?? null,
        signal: limit.signal,
      };
      const response = await Promise.race([pool.request(request), limit.reached]);
      return toReply(response, limit.lift);
    } catch (error) {
      limit.lift();
      throw error;
    }
  }

  return {
    async fetch(url, init) {
      const startedAt = performance.now();
      try {
        return await call(url, init);
      } catch (error) {
        throw await levelRefusal(toEgressError(error), startedAt);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function openPool(exemption: Exemption | null, options: DoorOptions): Pool {
  if (exemption === null) {
    const { connect, targetLimit } = options;
    const factory = (origin: URL, given: object) => new CountedClient(origin, { ...given, connect }, targetLimit);
    return new Pool(options.origin, { ...POOL_OPTIONS, factory });
  }
  const origin = 'dialOrigin' in exemption ? exemption.dialOrigin() : options.origin;
  return new Pool(origin, { ...POOL_OPTIONS, connect: options.connectExempt });
}

function ownHeaders(exemption: Exemption | null) {
  return exemption !== null && 'headers' in exemption ? exemption.headers : {};
}

function outgoingHeaders(given: Headers, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
  for (const name of FORWARDED_HEADERS) {
    const value = given.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}
