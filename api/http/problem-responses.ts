import { PROBLEMS, Problem, type ProblemCode } from '../contract/errors.js';

interface Refusal {
  description: string;
  content: Record<'application/problem+json', { schema: typeof Problem }>;
}

/** What a route's schema says of its refusals: each status, with the codes that come with it. */
export function problems(...codes: readonly ProblemCode[]): object {
  const statuses = new Set(codes.map((code) => PROBLEMS[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => [status, refusal(codes.filter((code) => PROBLEMS[code].status === status))]),
  );
}

function refusal(codes: readonly ProblemCode[]): Refusal {
  const description = [...new Set(codes)].map((code) => `${code}: ${PROBLEMS[code].title}`).join('; ');
  return asRefusal(description);
}

function asRefusal(description: string): Refusal {
  return { description, content: { 'application/problem+json': { schema: Problem } } };
}

export const ANY_OTHER_PROBLEM = asRefusal('Any other refusal');

interface RouteSchema {
  body?: unknown;
  params?: unknown;
  querystring?: unknown;
  security?: readonly Record<string, unknown>[];
}

/** The codes that every route of the API may answer with, for what it takes. */
export function commonProblems({ body, params, querystring, security = [] }: RouteSchema): ProblemCode[] {
  const codes: ProblemCode[] = ['origin_not_allowed', 'rate_limited', 'internal', 'busy'];
  if (body || params || querystring) codes.push('invalid_request');
  if (body) codes.push('payload_too_large', 'unsupported_media_type');
  if (security.some((scheme) => 'session' in scheme)) codes.push('session_invalid');
  return codes;
}
