import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyError, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { SAMPLE_MODEL_PREFIX } from '../contract/limits.js';
import { loadAnswers } from './answers.js';
import { type Completion, complete } from './completion.js';
import {
  ChatCompletion,
  ChatRequest,
  chatCompletion,
  eventWriter,
  ModelList,
  modelList,
  OpenAiError,
  openAiError,
} from './openai.js';
import { inTime } from './timing.js';

export interface SampleModelOptions {
  /** How many times faster than life the answers come; for tests. */
  pace?: number;
}

const TAGS = ['sample model'];
const COMPLETION = {
  description: 'The answer in one piece or, with stream, as server-sent events of chat.completion.chunk',
  content: {
    'application/json': { schema: ChatCompletion },
    'text/event-stream': { schema: Type.Unsafe<Readable>({ type: 'string' }) },
  },
};

/**
 * An OpenAI-compatible endpoint with written answers, for trying the demo without a model of one's own. It takes any key
 * or none. Errors have OpenAI's shape, since it is the model client that reads them.
 */
export const sampleModelRoutes: FastifyPluginAsyncTypebox<SampleModelOptions> = async (app, { pace = 1 }) => {
  const answers = await loadAnswers();

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return reply.code(status).send(openAiError(error.message, 'invalid_request_error', error.code ?? null));
    }
    request.log.error(error);
    return reply.code(500).send(openAiError('The sample model failed.', 'server_error', null));
  });

  app.get(
    `${SAMPLE_MODEL_PREFIX}/models`,
    { schema: { summary: 'The sample model', tags: TAGS, response: { 200: ModelList, default: OpenAiError } } },
    async () => modelList(),
  );

  app.post(
    `${SAMPLE_MODEL_PREFIX}/chat/completions`,
    {
      schema: {
        summary: 'An answer of the sample model, streamed or whole',
        tags: TAGS,
        body: ChatRequest,
        response: { 200: COMPLETION, default: OpenAiError },
      },
    },
    async (request, reply) => {
      const completion = complete(request.body, answers, pace);

      if (completion.failure === 'overloaded' || completion.failure === 'rate_limited') {
        await sleep(completion.timing.firstTokenMs);
        return refuse(reply, completion.failure);
      }
      if (request.body.stream) {
        const includeUsage = request.body.stream_options?.include_usage === true;
        return reply
          .header('content-type', 'text/event-stream; charset=utf-8')
          .header('cache-control', 'no-cache')
          .send(Readable.from(events(completion, includeUsage, () => reply.raw.destroy())));
      }
      return whole(completion, () => reply.raw.destroy());
    },
  );
};

function refuse(reply: FastifyReply, failure: 'overloaded' | 'rate_limited') {
  if (failure === 'overloaded') {
    return reply
      .code(503)
      .send(openAiError('The model is overloaded. Please try again later.', 'server_error', 'overloaded'));
  }
  return reply
    .code(429)
    .header('retry-after', '1')
    .send(openAiError('Rate limit reached. Please try again in 1 s.', 'requests', 'rate_limit_exceeded'));
}

/** The events of a streamed answer. Who stops reading ends it: the stream then takes no more of them. */
async function* events(completion: Completion, includeUsage: boolean, breakOff: () => void) {
  const write = eventWriter();
  yield write.delta({ role: 'assistant', content: '' });
  for await (const token of inTime(completion.tokens, completion.timing)) {
    yield write.delta({ content: token });
  }
  if (completion.failure === 'dropped') return breakOff();
  yield write.delta({}, completion.finishReason);
  if (includeUsage) yield write.usage(completion.usage);
  yield write.done();
}

/** The answer in one piece, after as long as streaming it would have taken. */
async function whole(completion: Completion, breakOff: () => void) {
  const { tokens, timing, finishReason, usage, failure } = completion;
  await sleep(timing.firstTokenMs + (tokens.length / timing.tokensPerSecond) * 1_000);
  if (failure === 'dropped') breakOff();
  return chatCompletion(tokens.join(''), finishReason, usage);
}
