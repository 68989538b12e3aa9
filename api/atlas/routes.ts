import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { Answer } from '../contract/answer.js';
import { API_PREFIX } from '../contract/limits.js';
import { AtlasRequest } from '../contract/session.js';
import { problems } from '../http/problem-responses.js';
import type { Atlas } from './service.js';

export interface AtlasRoutesOptions {
  atlas: Pick<Atlas, 'ask'>;
  authenticate: onRequestAsyncHookHandler;
}

export const atlasRoutes: FastifyPluginAsyncTypebox<AtlasRoutesOptions> = async (app, { atlas, authenticate }) => {
  app.post(
    `${API_PREFIX}/atlas`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'Ask Atlas about the latest run, or about another of the session',
        tags: ['atlas'],
        security: [{ session: [] }],
        body: AtlasRequest,
        response: { 200: Answer, ...problems('not_found', 'no_results', 'question_limit') },
      },
    },
    async (request) => atlas.ask(request.session.sessionId, request.body),
  );
};
