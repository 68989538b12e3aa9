import type { RunEvent } from '../contract/socket.js';

/** What those who follow a session are told. */
export type SessionMessage =
  | RunEvent
  /** The log has events up to `seq` that were not carried here: read them there. */
  | { type: 'log.grown'; seq: number }
  | { type: 'session.ended'; reason: 'cleanup' | 'expired' };

type SessionListener = (message: SessionMessage) => void;

/** Tells whoever follows a session what happened in it. Delivery is a hint, never the record: the log has that. */
export interface EventBus {
  publish(sessionId: string, messages: readonly SessionMessage[]): void;
  /** @returns what ends the subscription */
  subscribe(sessionId: string, listener: SessionListener): () => void;
  close(): Promise<void>;
}

/** The bus of a single API instance. */
export function createInProcessBus(): EventBus {
  const listeners = new Map<string, Set<SessionListener>>();
  return {
    publish(sessionId, messages) {
      for (const listener of [...(listeners.get(sessionId) ?? [])]) messages.forEach(listener);
    },
    subscribe(sessionId, listener) {
      const ofSession = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, ofSession.add(listener));
      return () => {
        ofSession.delete(listener);
        if (ofSession.size === 0 && listeners.get(sessionId) === ofSession) listeners.delete(sessionId);
      };
    },
    async close() {
      listeners.clear();
    },
  };
}
