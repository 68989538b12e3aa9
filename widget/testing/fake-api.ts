import type { Problem } from '../../api/contract/errors.js';
import type { Row, Run } from '../../api/contract/row.js';
import type { ConfigureRequest, PublicConfig, Session, Suite } from '../../api/contract/session.js';
import type { NewRunEvent } from '../../api/contract/socket.js';
import { answer, rows, run } from './conversation.js';
import { FakeSocket, TOKEN } from './fake-socket.js';

export { TOKEN };
export const SAMPLE = { endpointUrl: 'https://demo.example/sample-model/v1', modelId: 'sample-model' };

const config: Omit<PublicConfig, 'sampleModel'> = {
  limits: {
    promptsPerSession: 20,
    questionsPerSession: 200,
    sessionTtlSeconds: 3600,
    promptCharacters: 8000,
    bodyBytes: 262_144,
    concurrency: { min: 1, max: 10, default: 4 },
    maxTokens: { min: 1, max: 4096, default: 512 },
    plainHttp: false,
  },
  signupUrl: 'https://finetunelab.example/signup',
};

const suites: Suite[] = (['customer_support', 'code_generation', 'qa_knowledge', 'creative_writing'] as const).map(
  (domain) => ({
    id: `${domain}-1`.replaceAll('_', '-'),
    domain,
    name: `Suite for ${domain}`,
    description: 'Ten prompts.',
    prompts: rows.map(({ number, category, prompt }) => ({ number, category: category ?? '', prompt })),
  }),
);

/** The server as the widget sees it: stands in for `fetch` and `WebSocket`, and remembers what was asked. */
export class FakeApi {
  readonly requests: {
    method: string;
    path: string;
    body: unknown;
    headers: Headers;
    credentials: string | undefined;
  }[] = [];
  session: Session | null = null;
  /** The session's, or the next one's. */
  token = TOKEN;
  /** The next request to a path ending like the key is refused. */
  readonly refusals = new Map<string, Partial<Problem> & Pick<Problem, 'code' | 'status'>>();
  /** Every answer waits for this. */
  pause: Promise<void> | null = null;
  offline = false;
  offersSample = true;
  socketsRefused = false;
  /** By the policy of the page: there is an error, and no close. */
  socketsForbidden = false;
  /** What the server-sent events of a run are made of; null where nothing streams. */
  stream: string[] | null = null;
  seq = 0;
  readonly #real = { fetch: window.fetch, WebSocket: window.WebSocket };
  readonly sockets: FakeSocket[] = [];

  install(): this {
    const api = this;
    window.fetch = (input, init) => this.#respond(String(input), init);
    window.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url, api);
      }
    } as unknown as typeof WebSocket;
    return this;
  }

  restore(): void {
    Object.assign(window, this.#real);
  }

  get run(): Run | null {
    return this.session?.run ?? null;
  }

  get openSockets(): number {
    return this.sockets.filter((socket) => socket.isOpen).length;
  }

  asked(path: string) {
    return this.requests.filter((request) => request.path.endsWith(path));
  }

  /** A session as it is after a reload, without the page having made it. */
  begin(changes: Partial<Session> = {}): Session {
    this.session = {
      sessionId: `s${this.token.length}`,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      model: { endpointUrl: 'https://api.example.com/v1', modelId: 'my-model' },
      credentials: { stored: true, deletedAt: null },
      promptsLeft: 20,
      questionsLeft: 200,
      run: null,
      messages: [],
      ...changes,
    };
    return this.session;
  }

  publish(event: NewRunEvent): void {
    this.seq += 1;
    for (const socket of this.sockets) socket.receive({ ...event, seq: this.seq });
  }

  /** The next prompt is answered, or fails. */
  finishPrompt(changes: Partial<Row> = {}): void {
    const run = this.run!;
    const row = { ...rows[run.results.length]!, error: null, status: 'ok' as const, ...changes };
    const results = [...run.results, row];
    this.session!.run = {
      ...run,
      results,
      completed: results.filter(({ status }) => status === 'ok').length,
      failed: results.filter(({ status }) => status === 'error' || status === 'timeout').length,
    };
    this.publish({ type: 'prompt.finished', row });
  }

  finishRun(status: Run['status'] = 'completed'): void {
    const deletedAt = new Date().toISOString();
    this.session!.run = { ...this.run!, status, finishedAt: deletedAt };
    this.session!.credentials = { stored: false, deletedAt };
    this.publish({ type: 'run.finished', run: this.run! });
    this.publish({ type: 'credentials.deleted', deletedAt });
  }

  async #respond(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname: path } = new URL(url);
    const method = init.method ?? 'GET';
    const body = init.body ? JSON.parse(String(init.body)) : undefined;
    const headers = new Headers(init.headers);
    this.requests.push({ method, path, body, headers, credentials: init.credentials });
    await this.pause;
    if (this.offline) throw new TypeError('Failed to fetch');
    const refusal = [...this.refusals].find(([ending]) => path.endsWith(ending));
    if (refusal) {
      this.refusals.delete(refusal[0]);
      return problem(refusal[1]);
    }
    const open = /\/(config|suites)$/.test(path) || (path.endsWith('/configure') && !headers.has('Authorization'));
    if (!open && (headers.get('Authorization') !== `Bearer ${this.token}` || !this.session)) {
      return problem({ code: 'session_invalid', status: 401 });
    }
    return this.#route(`${method} ${path.replace('/api/demo/v2', '')}`, body);
  }

  #route(route: string, body: unknown): Response {
    if (route === 'GET /config') return Response.json({ ...config, sampleModel: this.offersSample ? SAMPLE : null });
    if (route === 'GET /suites') return Response.json({ suites });
    if (route === 'POST /configure') return this.#configure(body as ConfigureRequest);
    if (route === 'GET /session') return Response.json(this.session);
    if (route === 'POST /batch-test') return this.#start();
    if (route.endsWith('/cancel')) {
      this.finishRun('cancelled');
      return Response.json(this.run);
    }
    if (route.endsWith('/events')) return this.stream ? streamed(this.stream) : problem({ code: 'busy', status: 503 });
    if (route.startsWith('GET /batch-test/')) return Response.json(this.run ?? { ...run, status: 'running' });
    if (route === 'POST /atlas') return Response.json(answer({ id: 'a1', text: 'p95 latency is 3,890 ms.' }));
    if (route === 'GET /export') {
      const headers = { 'Content-Disposition': 'attachment; filename="results.csv"' };
      return new Response('number,prompt', { headers });
    }
    if (route === 'POST /cleanup') return this.#cleanUp();
    return problem({ code: 'not_found', status: 404 });
  }

  #configure({ endpointUrl, modelId }: ConfigureRequest): Response {
    const model = { endpointUrl, modelId };
    const { sessionId, expiresAt } = this.session
      ? Object.assign(this.session, { model, credentials: { stored: true, deletedAt: null } })
      : this.begin({ model });
    const connection = { latencyMs: 142, firstTokenMs: 40, models: [modelId, 'another'], preview: 'Hello there' };
    return Response.json({ sessionId, sessionToken: this.token, expiresAt, model, connection }, { status: 201 });
  }

  #start(): Response {
    const started: Run = {
      runId: 'r1',
      status: 'running',
      suiteId: 'customer-support-1',
      modelId: this.session!.model.modelId,
      concurrency: 4,
      total: rows.length,
      completed: 0,
      failed: 0,
      startedAt: new Date().toISOString(),
      finishedAt: null,
      inFlight: [],
      results: [],
    };
    this.session!.run = started;
    return Response.json({ run: started }, { status: 202 });
  }

  #cleanUp(): Response {
    this.session = null;
    this.token += '-next';
    this.seq = 0;
    const now = new Date().toISOString();
    const deleted = { modelConfigs: 0, runs: 1, results: 10, messages: 2 };
    return Response.json({ credentialsDeletedAt: now, deletedAt: now, deleted });
  }
}

const streamed = (pieces: string[]): Response =>
  new Response(new Blob(pieces).stream(), { headers: { 'Content-Type': 'text/event-stream' } });

function problem({ code, status, ...more }: Partial<Problem> & Pick<Problem, 'code' | 'status'>): Response {
  const body: Problem = { type: 'about:blank', title: code, status, code, detail: `The server says ${code}.`, ...more };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
