import type { Answer } from '../api/contract/answer.js';
import type { ExportFormat } from '../api/contract/limits.js';
import type { ConfigureRequest } from '../api/contract/session.js';
import { type ApiClient, ApiError, createApiClient } from './api-client.js';
import type { Emit } from './events.js';
import { toFailure } from './failure.js';
import type { Update } from './feed/transport.js';
import { RunSocket } from './run-socket.js';
import { saveFile } from './save-file.js';
import { chosenSuite, hasSettings, isRunning, resumeStep, runRequest } from './selectors.js';
import { type Action, reduce } from './session.js';
import type { SessionStore, Stored } from './session-store.js';
import {
  type Choice,
  type ConnectForm,
  initialState,
  type Prefill,
  type Proof,
  type Retry,
  type State,
} from './state.js';
import type { StepName } from './step-names.js';

/** The visitor is warned this long before the session ends. */
const EXPIRY_NOTICE_MS = 5 * 60_000;

export interface VisitOptions {
  apiUrl: string;
  store: SessionStore;
  prefill: Prefill;
  onChange: () => void;
  emit: Emit;
  /** Whether the element is on a page: a request may be answered after it has left. */
  isPresent: () => boolean;
}

/** The effects of a visit: calls the API, follows the session, and turns what happens into actions on the state. */
export class Visit {
  readonly api: ApiClient;
  state: State;
  readonly #options: VisitOptions;
  readonly #socket: RunSocket;
  #token: string | null = null;
  #expiryTimers: ReturnType<typeof setTimeout>[] = [];

  constructor(options: VisitOptions) {
    this.#options = options;
    this.state = initialState(options.prefill);
    this.api = createApiClient({ apiUrl: options.apiUrl, token: () => this.#token });
    this.#socket = new RunSocket({
      api: this.api,
      token: () => this.#token ?? '',
      activeRun: () => (this.state.run && isRunning(this.state.run) ? this.state.run.runId : null),
      onUpdate: (update) => this.#receive(update),
      onLink: (link) => this.#dispatch({ type: 'link', link }),
    });
  }

  /**
   * Leads from the welcome to the first step, or where `lead` does; on a reloaded page, back to where the visitor was.
   * Where that fails, `state.failure` says why, and `state.ended` whether the session is over.
   */
  async begin(lead = () => this.move('domain')): Promise<void> {
    const stored = this.state.session ? null : this.#options.store.read();
    try {
      if (stored) await this.#resume(stored);
      else await this.#load();
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: this.#report(error) });
      return;
    }
    if (stored) return;
    if (this.state.ended) await this.startOver();
    else await lead();
  }

  /** The element has left the page: no socket and no timer stays behind. */
  suspend(): void {
    this.#socket.close();
    this.#expiryTimers.forEach(clearTimeout);
  }

  /** The element is back on a page. */
  proceed(): void {
    if (this.#token) this.#follow();
  }

  async move(step: StepName): Promise<void> {
    if (await this.#mayMove(step)) this.#dispatch({ type: 'moved', step });
  }

  choose(choice: Partial<Choice>): void {
    this.#dispatch({ type: 'chose', choice });
  }

  fill(form: Partial<ConnectForm>): void {
    this.#dispatch({ type: 'filled', form });
  }

  /** Tests the connection; where it stands, a session begins. The key is handed on and not kept. */
  async connect(request: ConfigureRequest): Promise<boolean> {
    if (this.state.connection.status === 'testing') return false;
    this.#dispatch({ type: 'testing' });
    const token = this.#token;
    try {
      const { sessionId, sessionToken, expiresAt, model, connection } = await this.api.configure(request);
      // The session that was to have the new model has been deleted meanwhile.
      if (token !== this.#token) return false;
      this.#token = sessionToken;
      const session = {
        sessionId,
        expiresAt,
        credentials: { stored: true, deletedAt: null },
        promptsLeft: this.state.session?.promptsLeft ?? this.state.config!.limits.promptsPerSession,
        questionsLeft: this.state.session?.questionsLeft ?? this.state.config!.limits.questionsPerSession,
      };
      this.#dispatch({ type: 'connected', session, model, connection });
      this.#follow();
      this.#options.emit('ftl-connected', { modelId: model.modelId, latencyMs: connection.latencyMs });
      return true;
    } catch (error) {
      const failure = this.#report(error);
      if (token === this.#token) this.#dispatch({ type: 'refused', failure });
      return false;
    }
  }

  async startRun(): Promise<void> {
    await this.#act('starting', async () => {
      const run = await this.api.startRun(runRequest(this.state));
      this.#dispatch({ type: 'run-changed', run, now: Date.now() });
      this.#socket.wake();
    });
    if (this.state.failure?.code === 'credentials_deleted') await this.#askForKey();
  }

  async cancelRun(): Promise<void> {
    const runId = this.state.run?.runId;
    if (!runId) return;
    await this.#act('cancelling', async () => {
      this.#dispatch({ type: 'run-changed', run: await this.api.cancelRun(runId), now: Date.now() });
    });
  }

  /** Sends prompts of the last run again, the unfinished ones unless named; where the key is gone, asks for it first. */
  async retry(numbers?: number[]): Promise<void> {
    const runId = this.state.run?.runId;
    if (!runId) return;
    const retry: Retry = { resume: runId, ...(numbers && { numbers }) };
    this.#dispatch({ type: 'retry-wanted', retry });
    if (this.state.session?.credentials.stored) await this.startRun();
    else await this.#askForKey();
  }

  readonly ask = async (question: string, without: string[], signal: AbortSignal): Promise<Answer> => {
    const answer = await this.api.ask({ question, ...(without.length > 0 && { without }) }, signal);
    this.#dispatch({ type: 'answered', message: { question, answer, createdAt: new Date().toISOString() } });
    this.#options.emit('ftl-answer', { id: answer.id, kind: answer.kind });
    return answer;
  };

  /** Fetches a file, or the one at `path`, and hands it to the visitor; resolves with its name, null where the page forbids it. */
  readonly save = async (format: ExportFormat, path?: string): Promise<string | null> => {
    if (!(await this.#options.emit('ftl-export', { format }))) return null;
    const { blob, filename } = await this.api.download(format, path);
    saveFile(blob, filename);
    this.#options.emit('ftl-exported', { format });
    return filename;
  };

  /** Opens the page to sign up at, unless the page around the element sees to that. */
  async signUp(url: string): Promise<void> {
    if (await this.#options.emit('ftl-signup', { url })) open(url, '_blank', 'noopener');
  }

  /** The visitor would rather go back to the results than run again. */
  keepResults(): void {
    this.#dispatch({ type: 'results-kept' });
  }

  reconnect(): void {
    this.#socket.wake();
  }

  /** Deletes the session, then shows that its token is dead by trying it once more. */
  async cleanUp(): Promise<boolean> {
    return this.#act('deleting', async () => {
      this.suspend();
      const receipt = { ...(await this.api.cleanup()), proof: null };
      // Begun with the token, which is given up at once: the visitor may be in another session when the proof is there.
      const proof = this.#tryDeadToken();
      this.#endSession();
      this.#dispatch({ type: 'deleted', receipt });
      this.#options.emit('ftl-cleaned-up', {
        credentialsDeletedAt: receipt.credentialsDeletedAt,
        deletedAt: receipt.deletedAt,
      });
      void proof.then((proof) => this.#dispatch({ type: 'proved', receipt, proof }));
    });
  }

  /** Deletes the session, wherever the visitor is, and leads to the receipt. */
  async endSession(): Promise<boolean> {
    if (!this.state.session) return true;
    await this.move('goodbye');
    return this.cleanUp();
  }

  /** Deletes the session and leads to the first step. Resolves with whether that worked. */
  async startOver(): Promise<boolean> {
    if (this.state.session && !(await this.cleanUp())) return false;
    // After a reload into a session that is over, nothing has been loaded yet.
    if (!this.state.config) await this.begin();
    else if (this.state.step === 'domain' || (await this.#mayMove('domain'))) this.#dispatch({ type: 'restarted' });
    return this.state.step === 'domain';
  }

  async #resume(stored: Stored): Promise<void> {
    this.#token = stored.token;
    const [session] = await Promise.all([this.api.session(), this.#load()]);
    this.choose({ domain: stored.domain as Choice['domain'], suiteId: stored.suiteId });
    const step = resumeStep(stored.step, session, chosenSuite(this.state) !== null);
    const lost = { prompts: stored.domain === 'own', settings: stored.settings };
    this.#dispatch({ type: 'resumed', session, step, lost });
    this.#follow();
  }

  async #load(): Promise<void> {
    if (this.state.config) return;
    const [config, { suites }] = await Promise.all([this.api.config(), this.api.suites()]);
    this.#dispatch({ type: 'loaded', config, suites });
  }

  /** Asks the page; while it makes up its mind, the visitor may go elsewhere. */
  async #mayMove(step: StepName): Promise<boolean> {
    const from = this.state.step;
    return from !== step && (await this.#options.emit('ftl-step', { from, to: step })) && this.state.step === from;
  }

  async #askForKey(): Promise<void> {
    this.#dispatch({ type: 'synchronised', session: await this.api.session() });
    await this.move('connect');
  }

  /** Runs an action of the visitor's; a refusal is shown below it. Returns whether it worked. A deletion waits for none. */
  async #act(busy: NonNullable<State['busy']>, action: () => Promise<void>): Promise<boolean> {
    if (this.state.busy === 'deleting' || (this.state.busy && busy !== 'deleting')) return false;
    this.#dispatch({ type: 'busy', with: busy });
    try {
      await action();
      return true;
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: this.#report(error) });
      this.proceed();
      return false;
    }
  }

  #report(error: unknown) {
    const failure = toFailure(error);
    this.#options.emit('ftl-error', { code: failure.code, ...(failure.reason && { reason: failure.reason }) });
    // A token that was refused after another session had begun says nothing about that one.
    if (failure.code === 'session_invalid' && (error as ApiError).token === this.#token)
      this.#receive({ type: 'session.ended', reason: 'expired' });
    return failure;
  }

  #receive(update: Update): void {
    switch (update.type) {
      case 'ready':
        this.#dispatch({ type: 'synchronised', session: update.session });
        break;
      case 'event':
        this.#dispatch({ type: 'run-event', event: update.event, now: Date.now() });
        break;
      case 'snapshot':
        this.#dispatch({ type: 'run-changed', run: update.run, now: Date.now() });
        break;
      case 'session.ended':
        this.suspend();
        this.#endSession();
        this.#dispatch({ type: 'ended', reason: update.reason });
        break;
    }
  }

  async #tryDeadToken(): Promise<Proof> {
    try {
      await this.api.session();
      return 'accepted';
    } catch (error) {
      return isSessionInvalid(error) ? 'refused' : 'unknown';
    }
  }

  #follow(): void {
    if (!this.#options.isPresent()) return;
    this.#socket.open();
    this.#expiryTimers.forEach(clearTimeout);
    const { session, clockOffsetMs } = this.state;
    if (!session) return;
    const left = Date.parse(session.expiresAt) - Date.now() - (clockOffsetMs ?? 0);
    this.#expiryTimers = [
      setTimeout(() => this.#dispatch({ type: 'expiring' }), Math.max(0, left - EXPIRY_NOTICE_MS)),
      setTimeout(() => this.#receive({ type: 'session.ended', reason: 'expired' }), Math.max(0, left)),
    ];
  }

  #endSession(): void {
    this.#token = null;
    this.#socket.forget();
    this.#options.store.clear();
  }

  #dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    // What an earlier page kept stays as it is until it has been taken up.
    if (this.#token && this.state.session) this.#save(this.#token);
    this.#options.onChange();
    if (isRunning(before.run) && this.state.run && !isRunning(this.state.run)) void this.#runFinished(this.state.run);
  }

  async #runFinished({ runId, status, total, completed, failed }: NonNullable<State['run']>): Promise<void> {
    this.#options.emit('ftl-run-finished', { runId, status, total, completed, failed });
    // Unsent prompts were given back, and the key is deleted: only the server knows when.
    const session = await this.api.session().catch((error: unknown) => void this.#report(error));
    if (session) this.#dispatch({ type: 'synchronised', session });
  }

  #save(token: string): void {
    const { step, choice, form, lost } = this.state;
    const settings = lost.settings || hasSettings(form);
    this.#options.store.write({ token, step, domain: choice.domain, suiteId: choice.suiteId, settings });
  }
}

const isSessionInvalid = (error: unknown): boolean =>
  error instanceof ApiError && error.problem.code === 'session_invalid';
