import type { Row, RowError } from '../contract/row.js';
import type { CallOutcome } from './call.js';
import { NO_FLAGS, type TextFlags, textFlags } from './flags.js';
import { countCharacters, countWords } from './words.js';

interface PlacedPrompt {
  number: number;
  category: string | null;
  prompt: string;
}

export interface FinishedPrompt extends PlacedPrompt {
  maxTokens: number;
  outcome: CallOutcome;
  /** All calls made for this prompt, earlier attempts included. */
  attempts: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  finishedAt: string;
}

/** What became of a prompt that was sent. Metrics and flags exist for ok rows alone. */
export function toRow(input: FinishedPrompt): Row {
  const { outcome } = input;
  return {
    number: input.number,
    category: input.category,
    prompt: input.prompt,
    response: outcome.text,
    status: outcome.status,
    error: outcome.error,
    attempts: input.attempts,
    ...(outcome.status === 'ok' ? metricsOf(outcome) : NO_METRICS),
    finishReason: outcome.finishReason,
    ...rowFlags(outcome.status === 'ok' ? flagsOf(outcome, input.maxTokens) : NO_FLAGS),
    startedAt: input.startedAt,
    finishedAt: input.finishedAt,
  };
}

/** A prompt that was never sent: cancelled, with the reason that kept it from being sent. */
export function unsentRow(input: PlacedPrompt & { error: RowError; finishedAt: string | null }): Row {
  return {
    number: input.number,
    category: input.category,
    prompt: input.prompt,
    response: null,
    status: 'cancelled',
    error: input.error,
    attempts: 0,
    ...NO_METRICS,
    finishReason: null,
    ...rowFlags(NO_FLAGS),
    startedAt: null,
    finishedAt: input.finishedAt,
  };
}

/**
 * Output tokens per second of the time in which tokens came: latency − time to first token. Null without usage,
 * without streaming, and below two tokens, where there is no interval to measure.
 */
export function tokensPerSecond(
  outputTokens: number | null,
  latencyMs: number | null,
  firstTokenMs: number | null,
): number | null {
  if (outputTokens === null || latencyMs === null || firstTokenMs === null) return null;
  const generatingMs = latencyMs - firstTokenMs;
  return outputTokens < 2 || generatingMs <= 0 ? null : (outputTokens / generatingMs) * 1_000;
}

const NO_METRICS = {
  latencyMs: null,
  firstTokenMs: null,
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  tokensPerSecond: null,
  characters: null,
  words: null,
};

function metricsOf({ usage, latencyMs, firstTokenMs, text }: CallOutcome) {
  return {
    latencyMs,
    firstTokenMs,
    ...usage,
    tokensPerSecond: tokensPerSecond(usage.outputTokens, latencyMs, firstTokenMs),
    characters: countCharacters(text ?? ''),
    words: countWords(text ?? ''),
  };
}

function flagsOf({ text, finishReason, usage }: CallOutcome, maxTokens: number): TextFlags {
  return textFlags(text ?? '', { finishReason, outputTokens: usage.outputTokens, maxTokens });
}

/** The flags that a row carries; the notes stay with the text, from which they can be had again. */
function rowFlags({ truncated, incomplete, incompleteReasons, asksFollowUp, refusal, empty }: TextFlags) {
  return { truncated, incomplete, incompleteReasons: [...incompleteReasons], asksFollowUp, refusal, empty };
}
