import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isSameSecret } from './same-secret.js';

const HEADER = 'x-atlas-own-call';

export interface OwnCalls {
  /** What our own calls carry; nobody else sees it. */
  headers: Readonly<Record<string, string>>;
  isOwn(request: FastifyRequest): boolean;
}

/**
 * How the server knows its own calls to the sample model, which are counted where they are made. Their address does not
 * tell: whoever comes through a proxy on this machine has the same.
 */
export function createOwnCalls(): OwnCalls {
  const secret = randomBytes(16).toString('base64url');
  return {
    headers: { [HEADER]: secret },
    isOwn: ({ headers }) => isSameSecret(String(headers[HEADER] ?? ''), secret),
  };
}
