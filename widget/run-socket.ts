import { type ApiClient, ApiError } from './api-client.js';
import { socketTransport } from './feed/socket-transport.js';
import type { Transport, Update } from './feed/transport.js';
import { wait } from './feed/wait.js';
import type { Link } from './state.js';

const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
/** A way that has never worked is given up after so many tries in a row. */
const TRIES_PER_WAY = 2;
/** The longest that a timer takes. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export interface RunSocketOptions {
  api: ApiClient;
  token: () => string;
  /** The run that is going on, if one is: what server-sent events and polling can follow. */
  activeRun: () => string | null;
  onUpdate: (update: Update) => void;
  onLink: (link: Link) => void;
  WebSocket?: typeof WebSocket;
}

/**
 * Keeps the page up to date about its session: over a WebSocket or, where none gets through, server-sent events, or
 * polling. A lost connection is taken up again after the last event that arrived, without gap or repeat.
 */
export class RunSocket {
  readonly #options: RunSocketOptions;
  #seq = 0;
  #way = 0;
  #hasWorked = false;
  /** A connection stands, as far as this page knows. */
  #stands = false;
  #stop: AbortController | null = null;
  #wake = new AbortController();

  constructor(options: RunSocketOptions) {
    this.#options = options;
  }

  open(): void {
    if (this.#stop) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    addEventListener('online', () => this.#onOnline(), { signal });
    addEventListener('offline', () => this.#options.onLink({ status: 'offline' }), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.wake(), { signal });
    void this.#follow(signal);
  }

  close(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  /** The session is over: the events of the next are numbered anew. */
  forget(): void {
    this.#seq = 0;
  }

  /** Ends any waiting: the visitor wants to reconnect, or a run has begun. */
  wake(): void {
    this.#wake.abort();
  }

  #onOnline(): void {
    // A connection may outlast a short absence of the network: then nothing else says that it is back.
    if (this.#stands) this.#options.onLink({ status: 'live' });
    this.wake();
  }

  async #follow(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      if (this.#isIdle()) {
        await this.#sleep(60_000, stop);
        continue;
      }
      const { opened, crowded } = await this.#attempt(stop);
      if (stop.aborted) return;
      if (crowded) {
        // To come back unasked would close another page's connection, which would do the same.
        this.#options.onLink({ status: 'crowded' });
        await this.#sleep(LONGEST_WAIT_MS, stop);
        continue;
      }
      failures = opened ? 0 : failures + 1;
      if (failures >= TRIES_PER_WAY && this.#way < 2 && navigator.onLine) {
        this.#way += 1;
        failures = 0;
        continue;
      }
      if (this.#isIdle()) continue;
      await this.#pause(failures, stop);
    }
  }

  /** Returns whether the connection stood for a while, and whether newer pages have its place. */
  async #attempt(stop: AbortSignal): Promise<{ opened: boolean; crowded: boolean }> {
    let opened = false;
    let crowded = false;
    try {
      const transport = await this.#transport();
      const ending = await transport({
        after: this.#seq,
        signal: stop,
        onOpen: () => {
          opened = true;
          this.#hasWorked = true;
          this.#stands = true;
          this.#options.onLink({ status: 'live' });
        },
        onUpdate: (update) => this.#accept(update),
      });
      crowded = ending === 'crowded';
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === 'session_invalid') {
        this.#accept({ type: 'session.ended', reason: 'expired' });
      }
      // Any other failure is a lost connection, which is what the caller handles.
    } finally {
      this.#stands = false;
    }
    return { opened, crowded };
  }

  #accept(update: Update): void {
    if (update.type === 'event') {
      if (update.event.seq <= this.#seq) return;
      this.#seq = update.event.seq;
    }
    const first = this.#seq === 0;
    if (update.type === 'ready' && first) this.#seq = update.seq;
    this.#options.onUpdate(update);
    if (update.type === 'ready' && first && update.session.run) {
      this.#options.onUpdate({ type: 'snapshot', run: update.session.run });
    }
  }

  /** The way in use. Few visitors are without a socket: the other ways are loaded for them. */
  async #transport(): Promise<Transport> {
    const { api, token, activeRun, WebSocket } = this.#options;
    if (this.#way === 0) return socketTransport({ url: api.socketUrl, token, WebSocket });
    const { pollTransport, streamTransport } = await import('./feed/without-socket.js');
    const transport = this.#way === 1 ? streamTransport : pollTransport;
    return transport(api, activeRun() ?? '');
  }

  /** Nothing to follow just now: without a socket, only a run can be. */
  #isIdle(): boolean {
    return this.#way > 0 && this.#options.activeRun() === null;
  }

  async #pause(failures: number, stop: AbortSignal): Promise<void> {
    const backoff = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)]!;
    const delay = backoff * (0.75 + Math.random() / 2);
    // Before anything has worked, another way is tried first: nothing is lost yet.
    if (this.#hasWorked)
      this.#options.onLink(
        navigator.onLine ? { status: 'reconnecting', retryAt: Date.now() + delay } : { status: 'offline' },
      );
    await this.#sleep(delay, stop);
  }

  async #sleep(milliseconds: number, stop: AbortSignal): Promise<void> {
    this.#wake = new AbortController();
    await wait(milliseconds, AbortSignal.any([stop, this.#wake.signal]));
  }
}
