import type { SessionEndReason } from './sessions.js';
import type { SessionStore } from './store.js';

/** Sessions are gone within 5 s of their end: this leaves time for the sweep itself. */
const INTERVAL_MS = 2_000;

export interface SweeperOptions {
  store: SessionStore;
  onSessionEnded(sessionId: string, reason: SessionEndReason): void;
  onError(error: unknown): void;
}

/** Removes sessions that are past their time, now and then. @returns what stops it, once a sweep under way is done */
export function startSweeper({ store, onSessionEnded, onError }: SweeperOptions): () => Promise<void> {
  let underWay: Promise<void> | null = null;

  async function sweep(): Promise<void> {
    try {
      for (const sessionId of await store.eraseExpired()) onSessionEnded(sessionId, 'expired');
    } catch (error) {
      onError(error);
    } finally {
      underWay = null;
    }
  }

  const timer = setInterval(() => {
    underWay ??= sweep();
  }, INTERVAL_MS);
  timer.unref();

  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
