import type { ErrorType } from '../contract/errors.js';
import type { RowError } from '../contract/row.js';
import type { EgressCode, EgressError } from '../egress/errors.js';

/** Ways to fail that show in what was entered or answered, beside those that the door reports with a type of their own. */
const TYPES = {
  key_malformed: 'bad_request',
  key_in_url: 'bad_request',
  key_in_model_id: 'bad_request',
  key_refused: 'auth',
  forbidden: 'auth',
  firewall_page: 'auth',
  out_of_credit: 'quota',
  model_not_found: 'model_not_found',
  no_chat_api: 'bad_request',
  prompt_too_long: 'bad_request',
  request_refused: 'bad_request',
  rate_limited: 'rate_limited',
  server_error: 'server_error',
  model_loading: 'server_error',
  content_filtered: 'content_filter',
  unexpected_status: 'invalid_response',
  web_page: 'invalid_response',
  not_a_completion: 'invalid_response',
  empty_answer: 'invalid_response',
  answer_too_large: 'response_too_large',
  stream_broken: 'interrupted',
} as const satisfies Record<string, ErrorType>;

export type OwnKind = keyof typeof TYPES;
export type FailureKind = OwnKind | EgressCode;

/** Asking again may help with these, where nothing of an answer came. */
const WORTH_A_RETRY: ReadonlySet<FailureKind> = new Set([
  'target_limit',
  'connection_refused',
  'connection_unreachable',
  'connection_lost',
  'rate_limited',
  'server_error',
  'model_loading',
]);

interface Words {
  /** What happened, for the row of a prompt. */
  message: string;
  /** What to do about it, for whoever is connecting the endpoint. */
  hint: string;
}

/** Blocked targets have one wording, however they were found out: it must not tell what our network looks like. */
const BLOCKED: Words = {
  message: 'This address cannot be used here.',
  hint: 'Use the public https address of your model’s API. Private, local and reserved addresses are not called from here; to test a local model, run this demo yourself and list it in ALLOWED_PRIVATE_ENDPOINTS.',
};

const TOO_LARGE: Words = {
  message: 'The answer was larger than this demo takes.',
  hint: 'Check that the address is that of a chat API and that the server honours max_tokens.',
};

const CERTIFICATE_HINT =
  'Install a certificate from a recognised authority on the server (Let’s Encrypt is free). It cannot be skipped: your key would be readable on the way.';

const WORDS: Record<FailureKind, Words> = {
  address_denied: BLOCKED,
  url_invalid: {
    message: 'This is not an address that can be called.',
    hint: 'Enter it as https://host/v1: without a user name, spaces, a # part or unusual characters.',
  },
  url_too_long: { message: 'This address is too long.', hint: 'Enter the base address only, such as https://host/v1.' },
  https_required: {
    message: 'This address is not https.',
    hint: 'Use the https address: over plain http your key would be readable on the way.',
  },
  port_denied: {
    message: 'This port is not one that model servers use.',
    hint: 'Serve the API on port 443 or another usual port of model servers, such as 8000, 8080, 8443 or 11434.',
  },
  target_limit: {
    message: 'This demo has made all the calls to this host that it may make in a minute.',
    hint: 'Wait a minute, then try again.',
  },
  dns_not_found: {
    message: 'The host name of the endpoint was not found.',
    hint: 'Check the spelling of the host in the address.',
  },
  dns_failed: {
    message: 'The host name of the endpoint could not be looked up.',
    hint: 'Its name servers did not answer. Try again in a moment; if it stays so, check the domain’s DNS.',
  },
  connection_refused: {
    message: 'Nothing answers at this host and port.',
    hint: 'Check that the server is running and that the port is right and open.',
  },
  connection_unreachable: {
    message: 'The host of the endpoint cannot be reached.',
    hint: 'Check that the server is up and reachable from the internet.',
  },
  connection_lost: {
    message: 'The endpoint dropped the connection before an answer came.',
    hint: 'Try again; if it stays so, look into the server’s log and into what stands in front of it.',
  },
  tls_expired: {
    message: 'The certificate of the endpoint has expired.',
    hint: 'Renew the certificate on the server.',
  },
  tls_not_yet_valid: {
    message: 'The certificate of the endpoint is not valid yet.',
    hint: 'Check the date on the server and the certificate’s dates.',
  },
  tls_self_signed: { message: 'The certificate of the endpoint is self-signed.', hint: CERTIFICATE_HINT },
  tls_wrong_name: {
    message: 'The certificate of the endpoint is for another name.',
    hint: 'Use the host name that the certificate was made for, or install one for this name.',
  },
  tls_untrusted: {
    message: 'The certificate of the endpoint comes from an unknown issuer, or its chain is incomplete.',
    hint: `Serve the whole chain, intermediate certificates included. ${CERTIFICATE_HINT}`,
  },
  tls_not_spoken: {
    message: 'This port does not speak https.',
    hint: 'Check the port: this one seems to be plain http.',
  },
  tls_failed: {
    message: 'No secure connection could be agreed with the endpoint.',
    hint: 'The server must offer TLS 1.2 or newer. Check its TLS settings.',
  },
  not_http: {
    message: 'The endpoint broke the rules of HTTP.',
    hint: 'Check that host and port are those of the model’s API.',
  },
  encoding_refused: {
    message: 'The endpoint compressed its answer although it was asked not to.',
    hint: 'Switch off forced compression on the server or the proxy in front of it.',
  },
  redirect_refused: {
    message: 'The endpoint redirects to another address.',
    hint: 'Enter the final address: redirects are not followed, because they could carry your key elsewhere.',
  },
  response_too_large: TOO_LARGE,
  answer_too_large: TOO_LARGE,
  deadline: {
    message: 'The endpoint did not finish its answer in time.',
    hint: 'If the model is being started, wait until it is up and try again. Otherwise check that the server is not overloaded.',
  },
  cancelled: { message: 'The call was cancelled.', hint: 'Start it again when you are ready.' },
  key_malformed: {
    message: 'The API key has a character that no key has.',
    hint: 'Copy the key again: it may contain letters, digits and signs only, without spaces or line breaks, and at most 512 of them.',
  },
  key_in_url: {
    message: 'The address contains the API key.',
    hint: 'Remove the key from the address and leave it in its own field: addresses are stored and shown.',
  },
  key_in_model_id: {
    message: 'The model ID contains the API key.',
    hint: 'Enter the ID of your model there, and the key in its own field alone: model IDs are stored and shown.',
  },
  key_refused: {
    message: 'The endpoint refused the API key.',
    hint: 'Check that the key is complete, still valid and meant for this endpoint.',
  },
  forbidden: {
    message: 'The endpoint does not allow this.',
    hint: 'The key is known but may not do this: check its permissions, the plan and the region.',
  },
  firewall_page: {
    message: 'A firewall in front of the endpoint answered instead of the model.',
    hint: 'Allow calls from this service in the firewall, or use the address of the API itself.',
  },
  out_of_credit: {
    message: 'The account has no quota or credit left.',
    hint: 'Add credit or raise the limit with the provider, then try again.',
  },
  model_not_found: {
    message: 'The endpoint does not know this model.',
    hint: 'Check the spelling of the model ID. For a fine-tuned model it is the full name that the provider shows.',
  },
  no_chat_api: {
    message: 'There is no chat API at this address.',
    hint: 'Check the path: for most servers the address ends in /v1.',
  },
  prompt_too_long: {
    message: 'The prompt is longer than this model takes.',
    hint: 'Shorten the prompt, or serve the model with a larger context.',
  },
  request_refused: {
    message: 'The endpoint refused the request.',
    hint: 'Its own words say what it did not accept. Check that the address is that of an OpenAI-compatible chat API.',
  },
  rate_limited: {
    message: 'The endpoint is limiting the rate of calls.',
    hint: 'Wait a little and try again; a run with a lower concurrency helps.',
  },
  server_error: {
    message: 'The endpoint had an error of its own.',
    hint: 'Try again in a moment; if it stays so, look into the server’s log.',
  },
  model_loading: {
    message: 'The model is still being loaded.',
    hint: 'Wait until it is up, then try again.',
  },
  content_filtered: {
    message: 'The provider’s content filter withheld the answer.',
    hint: 'Rephrase the prompt, or change the filter’s settings with the provider.',
  },
  unexpected_status: {
    message: 'The endpoint answered with a status that makes no sense here.',
    hint: 'Check that the address is that of an OpenAI-compatible chat API.',
  },
  web_page: {
    message: 'The endpoint answered with a web page, not with a completion.',
    hint: 'This looks like a site’s or a login page’s address. Enter that of the API; for most servers it ends in /v1.',
  },
  not_a_completion: {
    message: 'The endpoint does not answer like an OpenAI-compatible chat API.',
    hint: 'Check the path: for most servers it ends in /v1 (Ollama’s native /api is not it).',
  },
  empty_answer: {
    message: 'The endpoint sent an empty answer, without even a reason for its end.',
    hint: 'Check that the address is that of a chat API and that the model is loaded.',
  },
  stream_broken: {
    message: 'The answer broke off before its end.',
    hint: 'Try again; if it stays so, look into the server’s log and into the timeouts of what stands in front of it.',
  },
};

/** A failure as the rest of the product sees it. */
export interface Failure {
  kind: FailureKind;
  error: RowError;
  hint: string;
  worthARetry: boolean;
}

export interface Circumstances {
  httpStatus: number | null;
  /** A sentence to add; what it quotes is already scrubbed, cleaned and capped. */
  detail?: string;
}

export function failure(kind: OwnKind, circumstances: Circumstances = { httpStatus: null }): Failure {
  return describe(kind, TYPES[kind], circumstances);
}

/** What the door refused or lost. */
export function egressFailure({ code, type, httpStatus }: EgressError): Failure {
  return describe(code, type, { httpStatus });
}

function describe(kind: FailureKind, type: ErrorType, { httpStatus, detail = '' }: Circumstances): Failure {
  const { message, hint } = WORDS[kind];
  return {
    kind,
    error: { type, message: detail === '' ? message : `${message} ${detail}`, httpStatus },
    hint,
    worthARetry: WORTH_A_RETRY.has(kind),
  };
}

/** The door's own error; anything else is a mistake of ours, which must not pass for the endpoint's. */
export function asEgressError(error: unknown): EgressError {
  if (error instanceof Error && error.name === 'EgressError') return error as EgressError;
  throw error;
}
