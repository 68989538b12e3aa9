import type { FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { Type } from 'typebox';
import type { App } from './app-type.js';
import { bearerToken } from './authenticate.js';
import { ProblemError } from './problem.js';
import { problems } from './problem-responses.js';
import { isSameSecret } from './same-secret.js';
import { isAtThisMachine } from './this-machine.js';

export interface OperationsOptions {
  registry: Registry;
  metricsToken: string | undefined;
  /** Throws while the program cannot serve: no database, or it is shutting down. */
  checkReady(): Promise<void>;
}

const tags = ['operations'];
const Health = Type.Object({ status: Type.Literal('ok') });
const Readiness = Type.Object({ status: Type.Literal('ready') });
const Metrics = {
  description: 'In the text format of Prometheus',
  content: { 'text/plain': { schema: Type.String() } },
};

/** What an operator's tools ask: does it live, can it serve, how is it. */
export async function operationsRoutes(
  app: App,
  { registry, metricsToken, checkReady }: OperationsOptions,
): Promise<void> {
  app.get('/healthz', { schema: { summary: 'The process lives', tags, response: { 200: Health } } }, async () => ({
    status: 'ok' as const,
  }));

  const readySchema = { summary: 'It can serve', tags, response: { 200: Readiness, ...problems('busy') } };
  app.get('/readyz', { schema: readySchema }, async () => {
    try {
      await checkReady();
    } catch {
      throw new ProblemError('busy', 'The service is not ready.');
    }
    return { status: 'ready' as const };
  });

  const metricsSchema = { summary: 'Prometheus metrics', tags, response: { 200: Metrics, ...problems('not_found') } };
  app.get('/metrics', { schema: metricsSchema }, async (request, reply) => {
    const mayRead = metricsToken ? hasToken(request, metricsToken) : isAtThisMachine(request);
    if (!mayRead) throw new ProblemError('not_found', 'There is nothing here.');
    reply.type(registry.contentType);
    return registry.metrics();
  });
}

function hasToken(request: FastifyRequest, token: string): boolean {
  return isSameSecret(bearerToken(request) ?? '', token);
}
