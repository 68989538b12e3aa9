import type { Egress } from '../egress/egress.js';
import type { Complete } from '../results/call.js';
import { createCompleter, outcomeOf } from './complete.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointProfile } from './profile.js';
import { createRedactor } from './redact.js';
import { type TestResult, testConnection } from './test-connection.js';
import { createUpstream } from './upstream.js';

export interface ModelClient {
  /**
   * Tries the endpoint with one tiny completion and leaves nothing behind. `endpointUrl` of the result is the base that
   * works; `profile` the dialect that it speaks.
   */
  test(endpoint: Endpoint, signal?: AbortSignal): Promise<TestResult>;
  /** Connections of their own for one run: whoever connects closes. */
  connect(endpoint: Endpoint & { profile: EndpointProfile }): { complete: Complete; close(): Promise<void> };
}

/** `timeoutMs`: from sending a request to the last byte of its answer. */
export function createModelClient({ egress, timeoutMs }: { egress: Egress; timeoutMs: number }): ModelClient {
  return {
    test: (endpoint, signal) => testConnection({ egress, timeoutMs, endpoint, signal }),
    connect({ endpointUrl, apiKey, modelId, profile }) {
      const door = egress.open({ origin: new URL(endpointUrl).origin, timeoutMs });
      const upstream = createUpstream({ endpointUrl, apiKey, door });
      const completer = createCompleter({ upstream, modelId, profile, redact: createRedactor(apiKey) });
      return {
        complete: async (request, limits) => outcomeOf(await completer.ask(request, limits)),
        close: () => door.close(),
      };
    },
  };
}
