import type { CallOutcome, CallRequest } from '../results/call.js';
import { type Attempt, attempt } from './attempt.js';
import { adapt, type EndpointProfile } from './profile.js';
import type { Redactor } from './redact.js';
import { requestBody } from './request-body.js';
import type { Upstream } from './upstream.js';

export interface Completer {
  /** Asks once; and once more in the dialect that the endpoint turned out to speak, while calls are left. */
  ask(
    request: CallRequest,
    limits: { signal?: AbortSignal; callsLeft: number },
  ): Promise<{ last: Attempt; calls: number }>;
  /** What has been learnt of the endpoint's dialect. */
  profile(): EndpointProfile;
}

export interface CompleterOptions {
  upstream: Upstream;
  modelId: string;
  profile: EndpointProfile;
  redact: Redactor;
}

export function createCompleter({ upstream, modelId, profile: given, redact }: CompleterOptions): Completer {
  let learnt = given;
  return {
    async ask(request, { signal, callsLeft }) {
      let profile = learnt;
      for (let calls = 1; ; calls += 1) {
        const body = requestBody(request, modelId, profile);
        const last = await attempt(() => upstream.chat(body, signal), redact);
        if (last.complaint === null) {
          // Not refused for its form: what was given up was rightly given up, however the call ended.
          if (calls > 1) learnt = profile;
          return { last, calls };
        }
        const adapted = adapt(profile, last.complaint);
        if (adapted === null || calls >= callsLeft) return { last, calls };
        profile = adapted;
      }
    },
    profile: () => learnt,
  };
}

export function outcomeOf({ last, calls }: { last: Attempt; calls: number }): CallOutcome {
  return { ...last.outcome, calls };
}
