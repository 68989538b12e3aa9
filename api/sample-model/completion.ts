import { type Answers, answerTo, type Failure } from './answers.js';
import type { ChatRequest, FinishReason, Usage } from './openai.js';
import { type Timing, timingOf } from './timing.js';
import { tokenize } from './tokens.js';

/** All that is decided about an answer before its first byte is sent. */
export interface Completion {
  tokens: string[];
  finishReason: FinishReason;
  usage: Usage;
  timing: Timing;
  failure: Failure | null;
}

/** What roles and separators cost in real chat templates. */
const TOKENS_PER_MESSAGE = 4;

/** The same request always has the same completion. */
export function complete(request: ChatRequest, answers: Answers, pace: number): Completion {
  const prompt = lastUserText(request);
  const { text, failure } = answerTo(prompt, answers);

  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const all = tokenize(text);
  const tokens = all.slice(0, limit);

  return {
    tokens,
    finishReason: failure === 'filtered' ? 'content_filter' : tokens.length < all.length ? 'length' : 'stop',
    usage: usageOf(request, tokens.length),
    timing: timingOf(prompt, pace),
    failure,
  };
}

function lastUserText({ messages }: ChatRequest): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

function usageOf({ messages }: ChatRequest, completionTokens: number): Usage {
  const promptTokens = messages
    .map(({ content }) => tokenize(content).length + TOKENS_PER_MESSAGE)
    .reduce((sum, tokens) => sum + tokens, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
