export interface Truncation {
  finishReason: string | null;
  outputTokens: number | null;
  /** The limit that the request set. */
  maxTokens: number;
}

/** What OpenAI, Anthropic, Gemini, Mistral, Cohere and the servers after their models call the token limit. */
const LIMIT_REASONS = new Set([
  'length',
  'max_tokens',
  'max_length',
  'max_output_tokens',
  'model_length',
  'token_limit',
]);

/** Some servers say `stop` at the limit: as many tokens as were allowed is then what tells. */
export function truncationReason({ finishReason, outputTokens, maxTokens }: Truncation): string | null {
  const reason = finishReason?.trim().toLowerCase() ?? '';
  if (LIMIT_REASONS.has(reason)) return `stopped by the token limit (finish reason ${reason})`;
  if (outputTokens !== null && outputTokens >= maxTokens) return 'token limit reached';
  return null;
}
