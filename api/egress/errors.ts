import type { ErrorType } from '../contract/errors.js';

/** Every way the door can refuse or lose a call, and the contract's type for it. */
const EGRESS_ERROR_TYPES = {
  url_invalid: 'blocked_address',
  url_too_long: 'blocked_address',
  https_required: 'blocked_address',
  port_denied: 'blocked_address',
  address_denied: 'blocked_address',
  target_limit: 'rate_limited',
  dns_not_found: 'dns',
  dns_failed: 'dns',
  connection_refused: 'connection',
  connection_unreachable: 'connection',
  connection_lost: 'connection',
  tls_expired: 'tls',
  tls_not_yet_valid: 'tls',
  tls_self_signed: 'tls',
  tls_wrong_name: 'tls',
  tls_untrusted: 'tls',
  tls_not_spoken: 'tls',
  tls_failed: 'tls',
  not_http: 'invalid_response',
  encoding_refused: 'invalid_response',
  redirect_refused: 'redirect',
  response_too_large: 'response_too_large',
  deadline: 'timeout',
  cancelled: 'cancelled',
} as const satisfies Record<string, ErrorType>;

export type EgressCode = keyof typeof EGRESS_ERROR_TYPES;

/**
 * A call that the door refused or lost. The message is the code alone: neither what the visitor typed nor what a name
 * resolved to. `reason` says which rule it was, for the operator's command line; it is not for visitors, who would
 * learn from it what our network looks like.
 */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly code: EgressCode;
  readonly type: ErrorType;
  readonly reason: string | null;
  /** The status of an answer that was refused. */
  readonly httpStatus: number | null;

  constructor(code: EgressCode, options: Partial<Pick<EgressError, 'reason' | 'httpStatus' | 'cause'>> = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.type = EGRESS_ERROR_TYPES[code];
    this.reason = options.reason ?? null;
    this.httpStatus = options.httpStatus ?? null;
  }
}
