import type { OpenAI } from 'openai';
import type { CallRequest } from '../results/call.js';
import type { EndpointProfile } from './profile.js';

/** The request in the endpoint's dialect. It always limits the tokens: some servers run on to the context's end. */
export function requestBody(
  request: CallRequest,
  modelId: string,
  profile: EndpointProfile,
): OpenAI.Chat.ChatCompletionCreateParams {
  const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'user', content: request.prompt }];
  if (request.systemPrompt !== null) messages.unshift({ role: 'system', content: request.systemPrompt });
  return {
    model: modelId,
    messages,
    [profile.tokenLimit]: request.maxTokens,
    ...(request.temperature !== null && profile.temperature && { temperature: request.temperature }),
    ...(profile.streaming && { stream: true }),
    ...(profile.streaming && profile.streamOptions && { stream_options: { include_usage: true } }),
  };
}
