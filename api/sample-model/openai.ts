import { randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';

export const SAMPLE_MODEL_ID = 'sample-model';

const ChatMessage = Type.Object({ role: Type.String(), content: Type.String() });

const TokenLimit = Type.Optional(Type.Integer({ minimum: 1 }));

/** The fields that make a difference here. Others, such as `temperature`, are accepted and have no effect. */
export const ChatRequest = Type.Object({
  model: Type.Optional(Type.String({ description: 'any: there is one model only' })),
  messages: Type.Array(ChatMessage, { minItems: 1 }),
  stream: Type.Optional(Type.Boolean()),
  stream_options: Type.Optional(Type.Object({ include_usage: Type.Optional(Type.Boolean()) })),
  max_tokens: TokenLimit,
  max_completion_tokens: TokenLimit,
});
export type ChatRequest = Static<typeof ChatRequest>;

export type FinishReason = 'stop' | 'length' | 'content_filter';
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export const ModelList = Type.Object({
  object: Type.Literal('list'),
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      object: Type.Literal('model'),
      created: Type.Integer(),
      owned_by: Type.String(),
    }),
  ),
});

export function modelList(): Static<typeof ModelList> {
  return { object: 'list', data: [{ id: SAMPLE_MODEL_ID, object: 'model', created: 0, owned_by: 'demo' }] };
}

/** A whole answer; a streamed one comes as server-sent events of `chat.completion.chunk`. */
export const ChatCompletion = Type.Object({
  id: Type.String(),
  object: Type.Literal('chat.completion'),
  created: Type.Integer(),
  model: Type.String(),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      message: Type.Object({ role: Type.Literal('assistant'), content: Type.String() }),
      finish_reason: Type.Enum(['stop', 'length', 'content_filter']),
    }),
  ),
  usage: Type.Object({
    prompt_tokens: Type.Integer(),
    completion_tokens: Type.Integer(),
    total_tokens: Type.Integer(),
  }),
});

export const OpenAiError = Type.Object({
  error: Type.Object({
    message: Type.String(),
    type: Type.String(),
    param: Type.Null(),
    code: Type.Union([Type.String(), Type.Null()]),
  }),
});

export function chatCompletion(
  content: string,
  finishReason: FinishReason,
  usage: Usage,
): Static<typeof ChatCompletion> {
  const message = { role: 'assistant' as const, content };
  const choices = [{ index: 0, message, finish_reason: finishReason }];
  return { ...head('chat.completion'), choices, usage };
}

interface Delta {
  role?: 'assistant';
  content?: string;
}

/** Makes the events of one streamed completion, which share an id. */
export function eventWriter() {
  const shared = head('chat.completion.chunk');
  const event = (data: object) => `data: ${JSON.stringify({ ...shared, ...data })}\n\n`;
  return {
    delta: (delta: Delta, finishReason: FinishReason | null = null) =>
      event({ choices: [{ index: 0, delta, finish_reason: finishReason }] }),
    usage: (usage: Usage) => event({ choices: [], usage }),
    done: () => 'data: [DONE]\n\n',
  };
}

function head<T extends string>(object: T) {
  return { id: `chatcmpl-${randomUUID()}`, object, created: Math.floor(Date.now() / 1_000), model: SAMPLE_MODEL_ID };
}

export function openAiError(message: string, type: string, code: string | null): Static<typeof OpenAiError> {
  return { error: { message, type, param: null, code } };
}
