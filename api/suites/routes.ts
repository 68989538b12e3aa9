import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { API_PREFIX } from '../contract/limits.js';
import { type Suite, Suites } from '../contract/session.js';

export interface SuiteRoutesOptions {
  suites: readonly Suite[];
}

export const suiteRoutes: FastifyPluginAsyncTypebox<SuiteRoutesOptions> = async (app, { suites }) => {
  const body: Suites = { suites: [...suites] };

  app.get(
    `${API_PREFIX}/suites`,
    { schema: { summary: 'The suites of prompts that can be run', tags: ['runs'], response: { 200: Suites } } },
    async () => body,
  );
};
