import type { FastifyRequest } from 'fastify';
import type { App } from './app-type.js';
import { ProblemError } from './problem.js';

/** The session that a request's token opens. */
export interface AuthenticatedSession {
  sessionId: string;
  /** Opens the sealed key, so it goes no further than it must. */
  token: string;
  expiresAt: Date;
}

export type FindSession = (token: string) => Promise<AuthenticatedSession | null>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route behind `authenticate`. */
    session: AuthenticatedSession;
  }
}

export const SESSION_INVALID = 'This session has ended, or its token is not valid. Start the demo again.';

/** A hook that lets only requests with the token of a living session pass, and sets `request.session`. */
export function createAuthenticate(app: App, findSession: FindSession): (request: FastifyRequest) => Promise<void> {
  app.decorateRequest('session', null as never);
  return async (request) => {
    const token = bearerToken(request);
    const session = token === null ? null : await findSession(token);
    if (!session) throw new ProblemError('session_invalid', SESSION_INVALID);
    request.session = session;
  };
}

/** Null where there is no Authorization header; an empty string where it is not a bearer token. */
export function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  return /^Bearer ([^\s]+)$/i.exec(header)?.[1] ?? '';
}
