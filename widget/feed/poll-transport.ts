import type { ApiClient } from '../api-client.js';
import { isRunning } from '../selectors.js';
import type { Transport } from './transport.js';
import { wait } from './wait.js';

const INTERVAL_MS = 1_000;

/** Follows a run by asking for it again and again: the way that passes through any proxy. */
export function pollTransport(api: ApiClient, runId: string): Transport {
  return async ({ signal, onOpen, onUpdate }) => {
    while (!signal.aborted) {
      const run = await api.run(runId, signal);
      onOpen();
      onUpdate({ type: 'snapshot', run });
      if (!isRunning(run)) return;
      await wait(INTERVAL_MS, signal);
    }
  };
}
