import type { OpenAI } from 'openai';
import type { Egress } from '../egress/egress.js';
import type { Endpoint } from './endpoint.js';
import { readAnswer } from './read-answer.js';
import { createUpstream } from './upstream.js';

type Messages = readonly Pick<
  OpenAI.Chat.ChatCompletionSystemMessageParam | OpenAI.Chat.ChatCompletionUserMessageParam,
  'role' | 'content'
>[];

/** A plan is short; more than this is no plan. */
const MAX_TOKENS = 1_000;

/** Asks the operator's own model for JSON that fits a schema. */
export type AskForJson = (messages: Messages, jsonSchema: object) => Promise<string>;

/** `timeoutMs`: from sending a request to the last byte of its answer. Connections last as long as one request. */
export function createJsonModel({
  egress,
  endpoint,
  timeoutMs,
}: {
  egress: Egress;
  endpoint: Endpoint;
  timeoutMs: number;
}): AskForJson {
  const { endpointUrl, apiKey, modelId } = endpoint;

  return async (messages, schema) => {
    const door = egress.open({ origin: new URL(endpointUrl).origin, timeoutMs });
    try {
      const { reply } = await createUpstream({ endpointUrl, apiKey, door }).chat({
        model: modelId,
        messages: messages as OpenAI.Chat.ChatCompletionMessageParam[],
        max_tokens: MAX_TOKENS,
        temperature: 0,
        response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema: { ...schema } } },
      });
      if (reply.status !== 200) throw new Error(`the helping model answered with status ${reply.status}`);
      const { completion, ending } = await readAnswer(reply);
      if (ending.how !== 'complete') throw new Error(`the helping model’s answer is ${ending.how}`);
      return completion.text;
    } finally {
      await door.close();
    }
  };
}
