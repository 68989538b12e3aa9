import type { Answer } from '../api/contract/answer.js';
import type { Problem, ProblemCode } from '../api/contract/errors.js';
import { API_PREFIX, type ExportFormat } from '../api/contract/limits.js';
import type { Run } from '../api/contract/row.js';
import type {
  AtlasRequest,
  BatchTestRequest,
  CleanupReceipt,
  ConfigureRequest,
  ConfigureResponse,
  PublicConfig,
  Session,
  Suites,
} from '../api/contract/session.js';

/** A refusal in the server's words. `problem.code` is stable; `problem.detail` is a sentence for a person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;
  /** The token that was sent along; null where there was none. */
  readonly token: string | null;
  constructor(problem: Problem, token: string | null = null) {
    super(problem.detail);
    this.problem = problem;
    this.token = token;
  }
}

/** The server did not answer at all: offline, blocked, or gone. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

export interface ApiClientOptions {
  /** The API's address without the prefix: "https://demo.example". */
  apiUrl: string;
  /** The session's token, or null before there is one. Asked for at each call. */
  token: () => string | null;
  fetch?: typeof fetch;
}

export type ApiClient = ReturnType<typeof createApiClient>;

/** The API's routes as functions. Each rejects with an ApiError or a NetworkError, or an AbortError when cancelled. */
export function createApiClient({ apiUrl, token, fetch = globalThis.fetch.bind(globalThis) }: ApiClientOptions) {
  const base = apiUrl.replace(/\/+$/, '') + API_PREFIX;

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const bearer = token();
    if (bearer) headers.set('Authorization', `Bearer ${bearer}`);
    if (init.body) headers.set('Content-Type', 'application/json');
    let response: Response;
    try {
      response = await fetch(base + path, {
        ...init,
        headers,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'origin',
      });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new NetworkError('The server could not be reached.', { cause });
    }
    if (response.ok) return response;
    throw new ApiError(await readProblem(response), bearer);
  }

  const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
    whole((await send(path, { signal })).json(), signal);
  const post = async <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> => {
    const init = { method: 'POST', body: body === undefined ? undefined : JSON.stringify(body), signal };
    return whole((await send(path, init)).json(), signal);
  };
  const runPath = (runId: string) => `/batch-test/${encodeURIComponent(runId)}`;

  return {
    /** Where the socket listens. */
    socketUrl: `${base.replace(/^http/, 'ws')}/ws`,
    config: () => get<PublicConfig>('/config'),
    suites: () => get<Suites>('/suites'),
    configure: (request: ConfigureRequest) => post<ConfigureResponse>('/configure', request),
    session: () => get<Session>('/session'),
    startRun: async (request: BatchTestRequest) => (await post<{ run: Run }>('/batch-test', request)).run,
    run: (runId: string, signal?: AbortSignal) => get<Run>(runPath(runId), signal),
    cancelRun: (runId: string) => post<Run>(`${runPath(runId)}/cancel`),
    /** The run's server-sent events after `after`, as the raw stream. */
    runEvents: (runId: string, after: number, signal: AbortSignal) =>
      send(`${runPath(runId)}/events`, {
        signal,
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(after) },
      }),
    ask: (request: AtlasRequest, signal?: AbortSignal) => post<Answer>('/atlas', request, signal),
    /** A file, with the name that the server gives it. `path` is that of an answer's download. */
    download: async (format: ExportFormat, path = `${API_PREFIX}/export?format=${format}`) => {
      const response = await send(path.slice(API_PREFIX.length));
      return { blob: await whole(response.blob()), filename: fileName(response.headers) ?? `atlas-results.${format}` };
    },
    cleanup: () => post<CleanupReceipt>('/cleanup'),
  };
}

/** A body that breaks off, or is not what it should be, counts as no answer. */
async function whole<T>(body: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await body;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new NetworkError('The answer of the server broke off.', { cause });
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const retryAfterSeconds = Number(response.headers.get('Retry-After')) || undefined;
  try {
    return { retryAfterSeconds, ...((await response.json()) as Problem) };
  } catch {
    // Not our server's words: a proxy's page, or nothing at all.
    const title = `HTTP ${response.status}`;
    const code: ProblemCode = response.status === 429 ? 'rate_limited' : 'internal';
    return { type: 'about:blank', title, status: response.status, code, detail: title, retryAfterSeconds };
  }
}

const fileName = (headers: Headers): string | undefined =>
  /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1];
