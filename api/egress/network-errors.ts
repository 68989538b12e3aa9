import { errors } from 'undici';
import { type EgressCode, EgressError } from './errors.js';

/** Error codes of Node's sockets, of OpenSSL and of undici. What is not listed counts as a lost connection. */
const BY_CODE: Record<string, EgressCode> = {
  ENOTFOUND: 'dns_not_found',
  EAI_AGAIN: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_unreachable',
  ENETUNREACH: 'connection_unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'deadline',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_not_yet_valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_not_spoken',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_not_spoken',
  UND_ERR_HEADERS_OVERFLOW: 'not_http',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'not_http',
};
const TLS_CODES = /^(ERR_SSL_|ERR_TLS_|CERT_|EPROTO)/;

/** What the network did, in the door's own words. The original stays as `cause`. */
export function toEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  return new EgressError(codeOf(error), { cause: error });
}

function codeOf(error: unknown): EgressCode {
  if (error instanceof errors.HTTPParserError) return 'not_http';
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return BY_CODE[code] ?? (TLS_CODES.test(code) ? 'tls_failed' : 'connection_lost');
}
