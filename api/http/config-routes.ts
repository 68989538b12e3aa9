import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { API_PREFIX } from '../contract/limits.js';
import { PublicConfig } from '../contract/session.js';

/** What a page needs before it starts. */
export const configRoutes: FastifyPluginAsyncTypebox<{ publicConfig: PublicConfig }> = async (
  app,
  { publicConfig },
) => {
  app.get(
    `${API_PREFIX}/config`,
    {
      schema: {
        summary: 'What a page needs before it starts',
        tags: ['session'],
        response: { 200: PublicConfig },
      },
    },
    async () => publicConfig,
  );
};
