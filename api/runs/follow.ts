import { setImmediate } from 'node:timers/promises';
import type { RunEvent } from '../contract/socket.js';
import type { EventBus, SessionMessage } from '../events/bus.js';

export type Followed = RunEvent | Extract<SessionMessage, { type: 'session.ended' }>;

export interface FollowOptions {
  bus: EventBus;
  sessionId: string;
  /** The last event that the follower has. */
  after: number;
  /** The logged events after `seq`, in order. */
  readLog(seq: number): Promise<RunEvent[]>;
  signal: AbortSignal;
  /** After so many milliseconds without news the log is read again: a bus may lose what it carries. */
  silenceMs?: number;
}

/**
 * A session's run events after `after`, each once and in order, first from the log and then as they happen. Ends with
 * `session.ended`, or when the signal is aborted. Yields null after each silence.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<Followed | null> {
  const { bus, sessionId, signal, readLog, silenceMs = 5_000 } = options;
  const inbox = new Inbox();
  const unsubscribe = bus.subscribe(sessionId, (message) => inbox.add(message));
  const wake = () => inbox.wake();
  signal.addEventListener('abort', wake);
  let seq = options.after;
  const fromLog = async function* () {
    for await (const event of inTurns(await readLog(seq))) {
      seq = event.seq;
      yield event;
    }
  };
  try {
    yield* fromLog();
    while (!signal.aborted) {
      const message = await inbox.next(silenceMs);
      if (signal.aborted) return;
      if (message?.type === 'session.ended') return yield message;
      if (message && message.seq <= seq) continue;
      if (message && message.type !== 'log.grown' && message.seq === seq + 1) {
        seq = message.seq;
        yield message;
        continue;
      }
      yield* fromLog();
      if (message === null) yield null;
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}

/** Each in a turn of the event loop of its own: what is told again may be megabytes, and others wait meanwhile. */
export async function* inTurns(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  for (const event of events) {
    await setImmediate();
    yield event;
  }
}

class Inbox {
  readonly #messages: SessionMessage[] = [];
  #wake = () => {};

  add(message: SessionMessage): void {
    this.#messages.push(message);
    this.#wake();
  }

  wake(): void {
    this.#wake();
  }

  /** Null where nothing came in time. */
  async next(timeoutMs: number): Promise<SessionMessage | null> {
    if (this.#messages.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#messages.shift() ?? null;
  }
}
