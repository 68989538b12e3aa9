import type { OwnKind } from './failures.js';
import type { UpstreamError } from './upstream-error.js';

/** What is known about a refusal: its status, and what its body says. */
export interface Refusal {
  status: number;
  error: UpstreamError;
  isWebPage: boolean;
}

interface Rule {
  kind: OwnKind;
  matches: (refusal: Refusal) => boolean;
}

const has = (refusal: Refusal, pattern: RegExp) => refusal.error.codes.some((code) => pattern.test(code));
const says = (refusal: Refusal, pattern: RegExp) => pattern.test(refusal.error.message ?? '');
const isClientError = ({ status }: Refusal) => status >= 400 && status < 500;

const NO_SUCH_MODEL =
  /\bmodel\b.*\b(not (be )?found|not deployed|does(n't| not) exist|not exist|decommissioned|retired)\b|\b(invalid|unknown|no such|not a valid|unable to access) model\b/i;
const TOO_LONG = /\bcontext (length|size|window)|prompt is too long/i;
const BAD_KEY = /\b(invalid|incorrect|wrong|missing) (api )?key\b|\bapi key not valid/i;

/**
 * The first rule that matches decides. Codes come before statuses, since endpoints agree on words more than on numbers;
 * messages are looked at only where endpoints have no code for it.
 */
const RULES: readonly Rule[] = [
  { kind: 'content_filtered', matches: (it) => has(it, /content_?(filter|policy)/i) },
  {
    kind: 'prompt_too_long',
    matches: (it) =>
      it.status === 413 || has(it, /context_(length|size)/i) || (isClientError(it) && says(it, TOO_LONG)),
  },
  {
    kind: 'out_of_credit',
    matches: (it) =>
      it.status === 402 ||
      has(it, /insufficient_(quota|balance|credits?|funds)|billing|quota_exceeded|payment_required/i) ||
      (isClientError(it) && says(it, /insufficient (quota|balance|credits?|funds)|out of credits?/i)),
  },
  {
    kind: 'key_refused',
    matches: (it) => it.status === 401 || has(it, /invalid_api_key/i) || (isClientError(it) && says(it, BAD_KEY)),
  },
  { kind: 'rate_limited', matches: (it) => it.status === 429 },
  {
    kind: 'model_not_found',
    matches: (it) =>
      isClientError(it) &&
      (has(it, /model_?not_?found|deployment_?not_?found|invalid_model/i) || says(it, NO_SUCH_MODEL)),
  },
  { kind: 'firewall_page', matches: (it) => it.status === 403 && it.isWebPage },
  { kind: 'forbidden', matches: (it) => it.status === 403 },
  {
    kind: 'no_chat_api',
    matches: (it) => it.status === 404 || it.status === 405 || says(it, /unexpected endpoint/i),
  },
  { kind: 'model_loading', matches: (it) => it.status === 503 && says(it, /\bloading\b/i) },
  { kind: 'server_error', matches: (it) => it.status === 408 || it.status === 409 },
  { kind: 'request_refused', matches: isClientError },
  { kind: 'server_error', matches: (it) => it.status >= 500 && it.status < 600 },
];

export function classify(refusal: Refusal): OwnKind {
  return RULES.find((rule) => rule.matches(refusal))?.kind ?? 'unexpected_status';
}
