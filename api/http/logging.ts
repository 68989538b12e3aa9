import type { FastifyServerOptions } from 'fastify';
import type { App } from './app-type.js';

/** All that a log line may have. What is not here is not written: no bodies, headers, queries, addresses or ids. */
const FIELDS = ['requestId', 'method', 'route', 'status', 'ms', 'err', 'code', 'address', 'instance', 'count'] as const;

export interface LogOptions {
  level: string;
  /** Where lines go; standard output unless given. */
  stream?: { write(line: string): void };
}

/** Settings for Fastify's logger (pino). */
export function loggerOptions({ level, stream }: LogOptions): FastifyServerOptions['logger'] {
  return {
    level,
    stream,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: pickFields, bindings: () => ({}) },
    serializers: { err: describeError as never },
    hooks: {
      // The text beside an error is often its message, which may hold anything that an upstream sent.
      logMethod(args, method) {
        const [first] = args as unknown[];
        if (first instanceof Error) method.apply(this, [{ err: first }, 'error']);
        else if (typeof first === 'object' && first !== null && 'err' in first) method.apply(this, [first, 'error']);
        else method.apply(this, args);
      },
    },
  };
}

/** One line for each request: its route's pattern, never its address, which could hold a secret by mistake. */
export function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    request.log.info(line, 'request');
  });
}

function pickFields(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(FIELDS.filter((field) => field in line).map((field) => [field, line[field]]));
}

/** Kind, code and place of an error, without its message. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { name: error.name, code: (error as { code?: unknown }).code, stack: frames.map((line) => line.trim()) };
}
