import { type buildConnector, type Dispatcher, Pool } from 'undici';
import { LIMITS } from '../contract/limits.js';
import { EgressError } from './errors.js';
import { levelRefusal } from './level-refusals.js';
import { checkAnnouncedLength, createMeter } from './meter.js';
import { toEgressError } from './network-errors.js';
import type { TargetLimit } from './target-limit.js';
import type { Target } from './url.js';

/** What an endpoint sent back. The body can be read once; a reader that has enough may stop. */
export interface Reply {
  status: number;
  /** The first value of a header; null where it is missing. */
  header(name: string): string | null;
  body: AsyncIterable<Uint8Array>;
}

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
const FORWARDED_HEADERS = ['accept', 'authorization', 'content-type'];
/** After a reader has enough, the rest of the message may arrive, so that the connection can serve again. `bytes` is of the whole message. */
const REST_OF_MESSAGE = { bytes: 8 * 1024 * 1024, ms: 250 };
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
  let pool: Pool | null = null;

  async function call(url: string, init: FetchInit): Promise<Reply> {
    const target = options.inspect(url);
    if (target.url.origin !== options.origin) throw new EgressError('address_denied', { reason: 'other-origin' });
    if (target.exemption === null) options.targetLimit.take(target.host);
    pool ??= openPool(target, options);

    const limit = startLimit(options.timeoutMs, init.signal);
    try {
      const request: Dispatcher.RequestOptions = {
        method: init.method,
        path: target.url.pathname + target.url.search,
        headers: outgoingHeaders(init.headers, options.userAgent),
        body: init.body ?? null,
        signal: limit.signal,
      };
      const response = await Promise.race([pool.request(request), limit.reached]);
      refuseAnswer(response, target, options.inspect);
      return readable(response, limit);
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
      await pool?.destroy();
    },
  };
}

function openPool(target: Target, options: DoorOptions): Pool {
  const { exemption } = target;
  if (exemption === null) return new Pool(options.origin, { ...POOL_OPTIONS, connect: options.connect });
  const origin = 'dialOrigin' in exemption ? exemption.dialOrigin() : options.origin;
  return new Pool(origin, { ...POOL_OPTIONS, connect: options.connectExempt });
}

function outgoingHeaders(given: Headers, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
  for (const name of FORWARDED_HEADERS) {
    const value = given.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

/** The deadline and the caller's wish to stop, as one signal. `reached` rejects where undici would still be waiting for a handshake. */
function startLimit(timeoutMs: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const cancel = () => controller.abort(new EgressError('cancelled'));
  const timer = setTimeout(() => controller.abort(new EgressError('deadline')), timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  const reached = new Promise<never>((_, reject) => {
    if (controller.signal.aborted) reject(controller.signal.reason);
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  reached.catch(() => {});
  return {
    signal: controller.signal,
    reached,
    lift: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}
type Body = Dispatcher.ResponseData['body'];
type Limit = ReturnType<typeof startLimit>;

/** No redirect is followed: it would carry the key somewhere else. What we asked to be sent plain is not unpacked. */
function refuseAnswer(response: Dispatcher.ResponseData, target: Target, inspect: DoorOptions['inspect']): void {
  const httpStatus = response.statusCode;
  const header = headerOf(response);
  try {
    if (httpStatus >= 300 && httpStatus < 400) {
      const redirectHost = hostOf(header('location'), target, inspect);
      throw new EgressError('redirect_refused', { httpStatus, redirectHost });
    }
    const encoding = header('content-encoding')?.trim().toLowerCase() ?? '';
    if (encoding !== '' && encoding !== 'identity') throw new EgressError('encoding_refused', { httpStatus });
    checkAnnouncedLength(header('content-length'));
  } catch (error) {
    abandon(response.body);
    throw error;
  }
}

/** The host that a redirect names; null where the guard would not let us call it. */
function hostOf(location: string | null, target: Target, inspect: DoorOptions['inspect']): string | null {
  try {
    return inspect(new URL(location ?? '', target.url).href).host;
  } catch {
    return null;
  }
}

function headerOf(response: Dispatcher.ResponseData): Reply['header'] {
  return (name) => [response.headers[name]].flat()[0] ?? null;
}

function readable(response: Dispatcher.ResponseData, limit: Limit): Reply {
  // Whoever reads gets the error; a body that nobody reads must not end the process.
  response.body.on('error', () => {});
  const header = headerOf(response);
  const isEventStream = /event-stream/i.test(header('content-type') ?? '');
  return { status: response.statusCode, header, body: readBody(response.body, createMeter(isEventStream), limit) };
}

async function* readBody(body: Body, measure: (chunk: Uint8Array) => void, limit: Limit) {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      measure(chunk);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    abandon(body);
    throw toEgressError(error);
  } finally {
    limit.lift();
    if (!body.destroyed) receiveRest(body);
  }
}

function abandon(body: Body): void {
  body.on('error', () => {}).destroy();
}

function receiveRest(body: Body): void {
  body.dump({ limit: REST_OF_MESSAGE.bytes, signal: AbortSignal.timeout(REST_OF_MESSAGE.ms) }).catch(() => {
    // The rest never came: undici has closed the connection, and nobody waits for it.
  });
}
