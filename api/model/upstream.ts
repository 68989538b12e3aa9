import { OpenAI } from 'openai';
import type { Door } from '../egress/door.js';
import type { Reply } from '../egress/reply.js';

/** A reply, and when the request for it was handed to the socket, connection set-up included. */
export interface Answered {
  reply: Reply;
  /** On the clock of `performance.now()`. */
  sentAt: number;
}

/** The two calls we make of an endpoint. Both reject with EgressErrors. */
export interface Upstream {
  chat(body: OpenAI.Chat.ChatCompletionCreateParams, signal?: AbortSignal): Promise<Answered>;
  models(signal?: AbortSignal): Promise<Answered>;
}

export interface UpstreamOptions {
  /** The base that `/chat/completions` follows; may have a query. */
  endpointUrl: string;
  /** Empty: no Authorization header is sent. */
  apiKey: string;
  door: Door;
}

/** Longer than any deadline of ours: the door ends calls, the library's own timer stops at the headers. */
const NEVER_MS = 24 * 60 * 60 * 1000;

/** How a host takes its key. Azure's older API knows only a header of its own, and its newer one takes it too. */
export function keyHeaders(hostname: string, apiKey: string): Record<string, string> {
  if (apiKey === '') return {};
  const isToken = apiKey.startsWith('eyJ');
  if (hostname.endsWith('.azure.com') && !isToken) return { 'api-key': apiKey };
  return { authorization: `Bearer ${apiKey}` };
}

export function createUpstream({ endpointUrl, apiKey, door }: UpstreamOptions): Upstream {
  const { origin, hostname, pathname, searchParams } = new URL(endpointUrl);

  async function send(request: (client: OpenAI) => Promise<unknown>, signal?: AbortSignal): Promise<Answered> {
    let answered: Promise<Answered> | null = null;
    const client = new OpenAI({
      baseURL: origin + pathname.replace(/\/$/, ''),
      defaultQuery: Object.fromEntries(searchParams),
      apiKey: 'in our own headers',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      timeout: NEVER_MS,
      logLevel: 'off',
      // The library only writes address and body: its headers may hold what our environment has for it
      // (OPENAI_CUSTOM_HEADERS). It would take a stream that was cut for a clean, empty one, so it is shown an empty
      // response, and we read the real one ourselves.
      fetch: async (url, init) => {
        answered = handOver(String(url), init, signal);
        await answered;
        return new Response();
      },
    });
    await request(client).catch((error: unknown) => {
      if (answered === null) throw error;
    });
    return answered!;
  }

  async function handOver(url: string, init: RequestInit | undefined, signal?: AbortSignal): Promise<Answered> {
    const hasBody = typeof init?.body === 'string';
    const headers = new Headers({ accept: 'application/json', ...keyHeaders(hostname, apiKey) });
    if (hasBody) headers.set('content-type', 'application/json');
    const sentAt = performance.now();
    const reply = await door.fetch(url, {
      method: init?.method === 'GET' ? 'GET' : 'POST',
      headers,
      ...(hasBody && { body: String(init.body) }),
      ...(signal && { signal }),
    });
    return { reply, sentAt };
  }

  return {
    chat: (body, signal) => send((client) => client.chat.completions.create(body).asResponse(), signal),
    models: (signal) => send((client) => client.models.list().asResponse(), signal),
  };
}
