import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { Type } from 'typebox';
import { API_PREFIX } from '../contract/limits.js';
import { Run } from '../contract/row.js';
import { BatchTestRequest } from '../contract/session.js';
import type { RunEvent } from '../contract/socket.js';
import { normaliseAddress } from '../http/client-address.js';
import type { OpenStreams } from '../http/open-streams.js';
import { ProblemError } from '../http/problem.js';
import { problems } from '../http/problem-responses.js';
import type { Runs } from './service.js';

export interface RunRoutesOptions {
  runs: Runs;
  /** What each session and each address has open, sockets included. */
  openStreams: { bySession: OpenStreams; byAddress: OpenStreams };
  authenticate: onRequestAsyncHookHandler;
}

const RunParams = Type.Object({ runId: Type.String({ maxLength: 64 }) });
const EventStream = {
  description: 'Server-sent events: id is seq, event is the type, data is a RunEvent as JSON',
  content: { 'text/event-stream': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
};
const tags = ['runs'];
const session = [{ session: [] }];

export const runRoutes: FastifyPluginAsyncTypebox<RunRoutesOptions> = async (
  app,
  { runs, openStreams, authenticate },
) => {
  app.post(
    `${API_PREFIX}/batch-test`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'Start a run: of a suite, of own prompts, or of what an earlier run left unfinished',
        tags,
        security: session,
        body: BatchTestRequest,
        response: {
          202: Type.Object({ run: Run }),
          ...problems('not_found', 'run_in_progress', 'credentials_deleted', 'prompt_limit'),
        },
      },
    },
    async (request, reply) => {
      const run = await runs.start(request.session, request.body);
      return reply.code(202).send({ run });
    },
  );

  app.get(
    `${API_PREFIX}/batch-test/:runId`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'A run, with the rows that have finished',
        tags,
        security: session,
        params: RunParams,
        response: { 200: Run, ...problems('not_found') },
      },
    },
    async (request) => runs.get(request.session, request.params.runId),
  );

  app.post(
    `${API_PREFIX}/batch-test/:runId/cancel`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'Cancel a run; what has finished is kept, and a run that is over stays as it is',
        tags,
        security: session,
        params: RunParams,
        response: { 200: Run, ...problems('not_found') },
      },
    },
    async (request) => runs.cancel(request.session, request.params.runId),
  );

  app.get(
    `${API_PREFIX}/batch-test/:runId/events`,
    {
      onRequest: authenticate,
      schema: {
        summary: 'The events of a run as server-sent events, from its start or after Last-Event-ID, to run.finished',
        tags,
        security: session,
        params: RunParams,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 20 })) }),
        response: { 200: EventStream, ...problems('not_found') },
      },
    },
    async (request, reply) => {
      const after = readLastEventId(request.headers['last-event-id']);
      const run = await runs.get(request.session, request.params.runId);
      const { sessionId } = request.session;
      const events = runs.followRun(run, sessionId, after, stopOnClose(request, reply, openStreams));
      reply.header('Content-Type', 'text/event-stream; charset=utf-8');
      // Proxies that buffer would keep the events to themselves until the end.
      reply.header('Cache-Control', 'no-store').header('X-Accel-Buffering', 'no');
      return reply.send(Readable.from(serverSentEvents(events), { objectMode: false }));
    },
  );
};

async function* serverSentEvents(events: AsyncIterable<RunEvent | null>): AsyncGenerator<string> {
  // A first byte at once: the headers leave with it, and a page knows that it is connected.
  yield ': connected\n\n';
  for await (const event of events) yield event === null ? ': still here\n\n' : serverSentEvent(event);
}

function serverSentEvent(event: RunEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function readLastEventId(header: string | undefined): number {
  if (header === undefined || header === '') return 0;
  if (!/^\d{1,9}$/.test(header)) {
    throw new ProblemError('invalid_request', 'Last-Event-ID must be the number of an event.', {
      field: 'Last-Event-ID',
    });
  }
  return Number(header);
}

/** Aborted when the client goes, or when newer streams of its session or address crowd this one out. */
function stopOnClose(
  { ip, session }: FastifyRequest,
  reply: FastifyReply,
  { bySession, byAddress }: RunRoutesOptions['openStreams'],
): AbortSignal {
  const controller = new AbortController();
  const stream = { close: () => void reply.raw.destroy(), mayGoFirst: () => false };
  const leaveAddress = byAddress.enter(normaliseAddress(ip), stream);
  const leaveSession = bySession.enter(session.sessionId, stream);
  reply.raw.once('close', () => {
    leaveAddress();
    leaveSession();
    controller.abort();
  });
  return controller.signal;
}
