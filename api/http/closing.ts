import type { App } from './app-type.js';
import { ProblemError } from './problem.js';

/** From the moment the server is told to stop, new requests are sent away; those under way may finish. */
export function refuseWhileClosing(app: App): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async ({ url }) => {
    if (!closing || url === '/healthz') return;
    throw new ProblemError('busy', 'This server is restarting. Try again in a moment.', { retryAfterSeconds: 5 });
  });
}
