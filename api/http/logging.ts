import { type Logger, pino } from 'pino';
import type { App } from './app-type.js';

/** All that a log line may have. What is not here is not written: no bodies, headers, queries, addresses or tokens. */
const FIELDS = ['method', 'route', 'status', 'ms', 'err', 'reason', 'url', 'count'] as const;
const LINE_FIELDS = ['level', 'time', 'reqId', ...FIELDS, 'msg'] as const;

export interface LogOptions {
  level: string;
  /** Where lines go; standard output unless given. */
  stream?: { write(line: string): void };
}

export function createLogger({ level, stream }: LogOptions): Logger {
  return pino(
    {
      level,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: (fields) => pick(FIELDS, fields), bindings: () => ({}) },
      serializers: { err: describeError },
      hooks: {
        // A child logger's own fields pass by the formatters.
        streamWrite: (line) => `${JSON.stringify(pick(LINE_FIELDS, JSON.parse(line)))}\n`,
        // The text that a library writes beside an error is often its message, which may hold what an upstream sent.
        logMethod(args, method) {
          const [first, text] = args as unknown[];
          if (first instanceof Error) method.apply(this, [{ err: first }, 'error']);
          else if (isMessageOf(text, first)) method.apply(this, [first as object, 'error']);
          else method.apply(this, args);
        },
      },
    },
    stream ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** One line for each request: its route's pattern, never its address, which could hold a secret by mistake. */
export function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    request.log.info(line, 'request');
  });
}

/** Pino itself takes the error's message where no text is given. */
function isMessageOf(text: unknown, fields: unknown): boolean {
  const error = (fields as { err?: unknown } | null)?.err;
  return error instanceof Error && (text === undefined || text === error.message);
}

function pick(names: readonly string[], fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]));
}

/** Kind, code and place of an error, without its message. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '' } = error;
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return { name, code: (error as { code?: unknown }).code, stack: frames.map((line) => line.trim()) };
}
