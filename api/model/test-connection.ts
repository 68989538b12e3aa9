import { LIMITS } from '../contract/limits.js';
import type { RowError } from '../contract/row.js';
import type { Connection } from '../contract/session.js';
import type { Door } from '../egress/door.js';
import type { Egress } from '../egress/egress.js';
import type { CallRequest } from '../results/call.js';
import type { Attempt } from './attempt.js';
import { candidateBases } from './base-url.js';
import { createCompleter } from './complete.js';
import type { Endpoint } from './endpoint.js';
import { asEgressError, egressFailure, type Failure, type FailureKind, failure, type OwnKind } from './failures.js';
import { listModels } from './models-list.js';
import { COMMON_PROFILE, type EndpointProfile } from './profile.js';
import { createRedactor, holdsKey, type Redactor } from './redact.js';
import { createUpstream } from './upstream.js';

const TEST_REQUEST: CallRequest = {
  prompt: 'Reply with the one word: ready',
  systemPrompt: null,
  maxTokens: 16,
  temperature: null,
};
const MAX_PREVIEW = 120;
const MAX_MODELS_NAMED = 5;
const KEY = new RegExp(`^[\\x21-\\x7e]{0,${LIMITS.apiKeyCharacters}}$`);

/** What an endpoint answers where this base is not the one: another form of the address may be. */
const WRONG_PLACE: ReadonlySet<FailureKind> = new Set(['no_chat_api', 'web_page', 'not_a_completion', 'empty_answer']);

export type TestResult = { ok: true; endpointUrl: string; profile: EndpointProfile; connection: Connection } | Refusal;

interface Refusal {
  ok: false;
  error: RowError;
  /** What a person can do about it. */
  hint: string;
}

interface TestOptions {
  egress: Egress;
  timeoutMs: number;
  endpoint: Endpoint;
  signal: AbortSignal | undefined;
}

/** One tiny completion at each form that the address may have, until one answers like a chat API. */
export async function testConnection({ egress, timeoutMs, endpoint, signal }: TestOptions): Promise<TestResult> {
  const mistake = mistakeIn(endpoint);
  if (mistake !== null) return refusal(failure(mistake));

  let address: URL;
  try {
    address = await egress.check(endpoint.endpointUrl);
  } catch (error) {
    return refusal(egressFailure(asEgressError(error)));
  }

  const door = egress.open({ origin: address.origin, timeoutMs });
  try {
    return await tryBases(candidateBases(address), { door, endpoint, signal });
  } finally {
    await door.close();
  }
}

function mistakeIn({ endpointUrl, apiKey, modelId }: Endpoint): OwnKind | null {
  if (!KEY.test(apiKey)) return 'key_malformed';
  if (holdsKey(endpointUrl, apiKey)) return 'key_in_url';
  return holdsKey(modelId, apiKey) ? 'key_in_model_id' : null;
}

interface Visit {
  door: Door;
  endpoint: Endpoint;
  signal: AbortSignal | undefined;
}

async function tryBases(bases: readonly string[], { door, endpoint, signal }: Visit): Promise<TestResult> {
  const redact = createRedactor(endpoint.apiKey);
  let firstFailure: Failure | null = null;
  for (const endpointUrl of bases) {
    const upstream = createUpstream({ endpointUrl, apiKey: endpoint.apiKey, door });
    const completer = createCompleter({ upstream, modelId: endpoint.modelId, profile: COMMON_PROFILE, redact });
    const { last } = await completer.ask(TEST_REQUEST, { signal, callsLeft: LIMITS.attempts });
    if (last.failure === null) {
      const models = await listModels(upstream, redact, signal);
      return { ok: true, endpointUrl, profile: completer.profile(), connection: connectionOf(last, models, redact) };
    }
    if (last.failure.kind === 'model_not_found') {
      return withModels(refusal(last.failure), await listModels(upstream, redact, signal));
    }
    if (!WRONG_PLACE.has(last.failure.kind)) return refusal(last.failure);
    firstFailure ??= last.failure;
  }
  return refusal(firstFailure ?? failure('no_chat_api'));
}

function connectionOf({ outcome, modelEcho }: Attempt, models: string[], redact: Redactor): Connection {
  return {
    latencyMs: outcome.latencyMs ?? 0,
    firstTokenMs: outcome.firstTokenMs,
    models,
    modelEcho,
    preview: redact.line(outcome.text ?? '', MAX_PREVIEW),
  };
}

function refusal({ error, hint }: Failure): Refusal {
  return { ok: false, error, hint };
}

/** A model that is not found is most often one that is misspelt. */
function withModels(refused: Refusal, models: readonly string[]): Refusal {
  if (models.length === 0) return refused;
  const named = models.slice(0, MAX_MODELS_NAMED).join(', ');
  const more = models.length > MAX_MODELS_NAMED ? ` and ${models.length - MAX_MODELS_NAMED} more` : '';
  return { ...refused, hint: `${refused.hint} This endpoint lists: ${named}${more}.` };
}
