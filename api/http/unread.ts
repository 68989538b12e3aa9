import type { App } from './app-type.js';

/** Event streams say something every few seconds; other answers are ready when they are sent. */
const UNREAD_MS = 30_000;

/**
 * Drops a client that stops to read its answer. Else what it leaves unread would stay in our memory for as long as it
 * likes.
 */
export function dropIdleReaders(app: App, unreadMs = UNREAD_MS): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.raw.setTimeout(unreadMs, () => reply.raw.destroy());
  });
}
