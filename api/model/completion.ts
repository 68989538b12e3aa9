import type { Usage } from '../results/call.js';
import { type Fields, isFields } from './json.js';

/** More than any token limit of ours can fill. */
const MAX_TEXT = 200_000;
const MAX_TOKENS = 1_000_000_000;

/** What has been understood of an answer so far, in the endpoint's own words. */
export interface Completion {
  text: string;
  /** The model's own refusal, which some endpoints send beside the content. */
  refusal: string;
  /** Reasoning arrived, though it is not part of the answer. */
  reasoned: boolean;
  /** At least one choice with a message or a delta was well-formed. */
  wellFormed: boolean;
  finishReason: string | null;
  usage: Usage;
  /** The model that the endpoint says answered. */
  model: string | null;
  id: string | null;
}

export const NO_USAGE: Usage = { inputTokens: null, outputTokens: null, totalTokens: null };

export function emptyCompletion(): Completion {
  return {
    text: '',
    refusal: '',
    reasoned: false,
    wellFormed: false,
    finishReason: null,
    usage: NO_USAGE,
    model: null,
    id: null,
  };
}

/** Something of the answer has come, if only of the thinking before it. */
export function hasBegun({ text, refusal, reasoned }: Completion): boolean {
  return text !== '' || refusal !== '' || reasoned;
}

/** Why a piece cannot be added: it is no completion, another one's, or too much. */
export type Misfit = 'not_a_completion' | 'mixed_completions' | 'too_long';

/** Adds one `chat.completion` or one `chat.completion.chunk` to what came before. Null: it fitted. */
export function addPiece(completion: Completion, piece: unknown): Misfit | null {
  if (!isFields(piece)) return piece === null ? null : 'not_a_completion';
  if (!sameCompletion(completion, piece)) return 'mixed_completions';
  if (typeof piece.model === 'string' && piece.model !== '') completion.model ??= piece.model;
  const usage = piece.usage ?? (isFields(piece.x_groq) ? piece.x_groq.usage : null);
  if (isFields(usage)) completion.usage = readUsage(usage);

  const choice = firstChoice(piece.choices);
  if (choice === null) return null;
  const message = choice.message ?? choice.delta;
  if (isFields(message)) {
    const misfit = addMessage(completion, message);
    if (misfit !== null) return misfit;
  } else if (typeof choice.text === 'string') {
    // The older completions API: it was asked without our messages.
    return 'not_a_completion';
  }
  if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') {
    completion.finishReason = choice.finish_reason;
  }
  return null;
}

/** Two answers in one stream would be shown as one that nobody gave. Some endpoints leave the id out, or empty. */
function sameCompletion(completion: Completion, piece: Fields): boolean {
  if (typeof piece.id !== 'string' || piece.id === '') return true;
  completion.id ??= piece.id;
  return completion.id === piece.id;
}

/** The choice with index 0, where several are mixed. */
function firstChoice(choices: unknown): Fields | null {
  if (!Array.isArray(choices)) return null;
  return choices.find((choice) => isFields(choice) && (choice.index ?? 0) === 0) ?? null;
}

function addMessage(completion: Completion, message: Fields): Misfit | null {
  const content = contentOf(message.content);
  if (content === null) return 'not_a_completion';
  completion.wellFormed = true;
  const refusal = typeof message.refusal === 'string' ? message.refusal : '';
  const isTooLong = completion.text.length + content.length + completion.refusal.length + refusal.length > MAX_TEXT;
  completion.text = (completion.text + content).slice(0, MAX_TEXT);
  completion.refusal = (completion.refusal + refusal).slice(0, MAX_TEXT);
  completion.reasoned ||= [message.reasoning_content, message.reasoning].some(
    (reasoning) => typeof reasoning === 'string' && reasoning !== '',
  );
  return isTooLong ? 'too_long' : null;
}

/** Content is a string, nothing, or a list of parts; null where it is anything else. */
function contentOf(content: unknown): string | null {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content
    .filter((part) => isFields(part) && typeof part.text === 'string')
    .map((part) => part.text)
    .join('');
}

function readUsage(usage: Fields): Usage {
  return {
    inputTokens: tokens(usage.prompt_tokens),
    outputTokens: tokens(usage.completion_tokens),
    totalTokens: tokens(usage.total_tokens),
  };
}

/** A plausible count, or null: a wrong one would be worse than none. */
function tokens(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_TOKENS ? (value as number) : null;
}
