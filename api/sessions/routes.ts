import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { API_PREFIX } from '../contract/limits.js';
import { CleanupReceipt, ConfigureRequest, ConfigureResponse, Session } from '../contract/session.js';
import { bearerToken, SESSION_INVALID } from '../http/authenticate.js';
import { normaliseAddress } from '../http/client-address.js';
import { abortOnDisconnect } from '../http/disconnect.js';
import { ProblemError } from '../http/problem.js';
import { problems } from '../http/problem-responses.js';
import type { Sessions } from './sessions.js';

export interface SessionRoutesOptions {
  sessions: Sessions;
  authenticate: onRequestAsyncHookHandler;
}

export const sessionRoutes: FastifyPluginAsyncTypebox<SessionRoutesOptions> = async (
  app,
  { sessions, authenticate },
) => {
  app.post(
    `${API_PREFIX}/configure`,
    {
      schema: {
        summary: 'Test an endpoint and open a session with it; with a session token, change its model',
        tags: ['session'],
        security: [{}, { session: [] }],
        body: ConfigureRequest,
        response: {
          201: ConfigureResponse,
          ...problems('session_exists', 'run_in_progress', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      const target = checkTarget(request.body);
      const signal = abortOnDisconnect(reply);
      const token = bearerToken(request);
      reply.code(201);
      if (token === null) return sessions.open(normaliseAddress(request.ip), target, signal);
      const session = await sessions.authenticate(token);
      if (!session) throw new ProblemError('session_invalid', SESSION_INVALID);
      return sessions.replaceModel(session, target, signal);
    },
  );

  app.get(
    `${API_PREFIX}/session`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'All that a reloaded page needs',
        tags: ['session'],
        security: [{ session: [] }],
        response: { 200: Session },
      },
    },
    async (request) => {
      const snapshot = await sessions.snapshot(request.session.sessionId);
      if (!snapshot) throw new ProblemError('session_invalid', SESSION_INVALID);
      return snapshot.session;
    },
  );

  app.post(
    `${API_PREFIX}/cleanup`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'Delete all of the session, and get a receipt',
        tags: ['session'],
        security: [{ session: [] }],
        response: { 200: CleanupReceipt },
      },
    },
    async (request) => sessions.cleanup(request.session.sessionId),
  );
};

/** What the schema cannot say. Nothing of a value is repeated in a refusal: it may be a key in the wrong field. */
function checkTarget(body: ConfigureRequest): ConfigureRequest {
  const endpointUrl = body.endpointUrl.trim();
  const apiKey = body.apiKey.trim();
  const modelId = body.modelId.trim();
  if (!/^https?:\/\//i.test(endpointUrl) || !URL.canParse(endpointUrl)) {
    refuse('endpointUrl', 'must be a full URL, such as https://api.example.com/v1');
  }
  if (!/^[\x21-\x7e]*$/.test(apiKey)) {
    refuse('apiKey', 'has a character that no API key has: a space, a line break or a letter beyond ASCII');
  }
  if (modelId === '') refuse('modelId', 'must not be empty');
  if (/[\p{Cc}\p{Cs}]/u.test(modelId)) refuse('modelId', 'must not have control characters');
  return { endpointUrl, apiKey, modelId };
}

function refuse(field: string, wants: string): never {
  throw new ProblemError('invalid_request', `${field} ${wants}.`, { field });
}
