import cors from '@fastify/cors';
import { isApiRequest } from './api-request.js';
import type { App } from './app-type.js';
import { ProblemError } from './problem.js';

export type AllowedOrigins = ReadonlySet<string> | '*';

/** Whether a page of this origin may open a socket: CORS does not cover those. */
export function mayOpenSocket(allowed: AllowedOrigins, origin: string | undefined): boolean {
  if (allowed === '*') return true;
  return origin !== undefined && allowed.has(origin);
}

/** Lets pages of the allowed origins call the API, and refuses those of others in words that they can read. */
export async function allowOrigins(app: App, allowed: AllowedOrigins): Promise<void> {
  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    if (!isApiRequest(request) || origin === undefined || allowed === '*') return;
    if (!allowed.has(origin)) {
      throw new ProblemError('origin_not_allowed', 'This page is not on the list of pages that may use the demo.');
    }
  });
  await app.register(cors, {
    delegator: (request, done) => done(null, corsOptions(isApiRequest(request), allowed)),
  });
}

function corsOptions(isApi: boolean, allowed: AllowedOrigins) {
  return {
    origin: isApi && (allowed === '*' ? '*' : [...allowed]),
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID'],
    exposedHeaders: ['Content-Disposition', 'Retry-After'],
    maxAge: 600,
  };
}
