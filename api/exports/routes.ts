import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { Type } from 'typebox';
import { API_PREFIX, EXPORT_FORMATS, type ExportFormat } from '../contract/limits.js';
import type { Suite } from '../contract/session.js';
import type { AuthenticatedSession } from '../http/authenticate.js';
import { abortOnDisconnect } from '../http/disconnect.js';
import { ProblemError } from '../http/problem.js';
import { problems } from '../http/problem-responses.js';
import { toCsv } from './csv.js';
import { fileName } from './filename.js';
import { toJson } from './json.js';
import { toPdf } from './pdf.js';
import { buildReport, type ExportSource, type Report } from './report.js';
import { toXlsx } from './xlsx.js';

export interface ExportRoutesOptions {
  authenticate: onRequestAsyncHookHandler;
  /** The session's latest run, or the named one. Null where there is none. */
  loadRun(session: AuthenticatedSession, runId?: string): Promise<ExportSource | null>;
  suites: readonly Suite[];
}

const WRITERS: Record<
  ExportFormat,
  { type: string; write(report: Report, signal: AbortSignal): string | Buffer | Promise<string | Buffer> }
> = {
  csv: { type: 'text/csv; charset=utf-8', write: toCsv },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: toXlsx },
  json: { type: 'application/json; charset=utf-8', write: toJson },
  pdf: { type: 'application/pdf', write: (report, signal) => toPdf(report, { signal }) },
};

/** What is being written: one file of a kind for a session, so that none takes the turns of others. */
const inTheMaking = new Set<string>();

async function onceAtATime<T>(what: string, write: () => T | Promise<T>): Promise<T> {
  if (inTheMaking.has(what)) throw new ProblemError('busy', IN_THE_MAKING, { retryAfterSeconds: 5 });
  inTheMaking.add(what);
  try {
    return await write();
  } finally {
    inTheMaking.delete(what);
  }
}

export const exportRoutes: FastifyPluginAsyncTypebox<ExportRoutesOptions> = async (app, options) => {
  app.get(
    `${API_PREFIX}/export`,
    {
      onRequest: options.authenticate,
      schema: {
        summary: 'The results as a file; of a run that goes on, what there is so far',
        tags: ['export'],
        querystring: Type.Object(
          {
            format: Type.Enum([...EXPORT_FORMATS]),
            runId: Type.Optional(Type.String({ maxLength: 64, description: 'an earlier run of this session' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'The file, named in Content-Disposition',
            content: Object.fromEntries(
              Object.values(WRITERS).map(({ type }) => [type, { schema: { type: 'string', format: 'binary' } }]),
            ),
          },
          ...problems('not_found', 'no_results', 'busy'),
        },
      },
    },
    async (request, reply) => {
      const { format, runId } = request.query;
      const source = await options.loadRun(request.session, runId);
      if (source === null && runId !== undefined) throw new ProblemError('not_found', NO_SUCH_RUN);
      if (source === null || source.run.results.length === 0) throw new ProblemError('no_results', NO_RESULTS);
      const report = buildReport(source, options.suites, new Date());
      const { type, write } = WRITERS[format];
      // What was loaded and what is written may each be megabytes: others get a turn between the two.
      await setImmediate();
      const file = await onceAtATime(`${request.session.sessionId} ${format}`, () =>
        write(report, abortOnDisconnect(reply)),
      );
      return reply
        .header('content-type', type)
        .header('content-disposition', `attachment; filename="${fileName(report, format)}"`)
        .send(file);
    },
  );
};

const IN_THE_MAKING = 'This file is being made already. Wait until it is there, then ask for the next.';
const NO_SUCH_RUN = 'This session has no such run. Leave out runId for the latest one.';
const NO_RESULTS = 'There is nothing to export yet. Run a batch test first.';
