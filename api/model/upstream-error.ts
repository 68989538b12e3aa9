import { isFields } from './json.js';
import type { Redactor } from './redact.js';

const MAX_MESSAGE = 300;
/** What is looked at: far more than a person would write, and so little that no pattern can take long over it. */
const MAX_READ = 2_000;

/** What an endpoint says went wrong, as it says it: nothing here is clean or scrubbed yet. */
export interface UpstreamError {
  message: string | null;
  /** The `code` and the `type`, where they are words: `insufficient_quota`, `NotFoundError`. */
  codes: readonly string[];
  /** The field that it is about, where it says so apart. */
  param: string | null;
  /** A code that is a number: a status, where the real one was 200. */
  status: number | null;
}

const NOTHING: UpstreamError = { message: null, codes: [], param: null, status: null };

/** Reads the shapes that errors come in: nested, flat, a string, FastAPI's list of details, a list of one. */
export function readUpstreamError(body: unknown): UpstreamError {
  const first = Array.isArray(body) ? body[0] : body;
  if (!isFields(first)) return NOTHING;
  const error = first.error ?? first;
  if (typeof error === 'string') return { ...NOTHING, message: error.slice(0, MAX_READ) };
  if (!isFields(error)) return NOTHING;
  const status = Number(error.code ?? first.status ?? Number.NaN);
  return {
    message: messageIn(error.message ?? error.detail ?? error.error ?? first.message)?.slice(0, MAX_READ) ?? null,
    codes: [error.code, error.type].filter((code) => typeof code === 'string').map((code) => code.slice(0, MAX_READ)),
    param: typeof error.param === 'string' ? error.param.slice(0, MAX_READ) : null,
    status: Number.isInteger(status) && status >= 400 && status < 600 ? status : null,
  };
}

/** A message may be a string, an object around one, or a list of details with the field that each is about. */
function messageIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.slice(0, 5).map(detailOf).filter(Boolean).join('; ') || null;
  if (!isFields(value)) return null;
  const inner = value.detail ?? value.message;
  return typeof inner === 'string' || Array.isArray(inner) ? messageIn(inner) : null;
}

function detailOf(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (!isFields(detail) || typeof detail.msg !== 'string') return '';
  const place = Array.isArray(detail.loc) ? detail.loc.filter((part) => typeof part === 'string').join('.') : '';
  return place === '' ? detail.msg : `${place}: ${detail.msg}`;
}

/** The endpoint's own words as a sentence, scrubbed, cleaned and capped; empty where it has none. */
export function quote(error: UpstreamError, redact: Redactor): string {
  const words = redact.line(error.message ?? '', MAX_MESSAGE);
  return words === '' ? '' : `It says: “${words}”`;
}
