import type { EgressError } from '../egress/errors.js';
import type { Reply } from '../egress/reply.js';
import { addPiece, type Completion, emptyCompletion, hasBegun, type Misfit } from './completion.js';
import { asEgressError } from './failures.js';
import { isFields, parseJson } from './json.js';
import { createSseDecoder } from './sse.js';
import { ownTurn } from './turns.js';

/** How the reading of an answer ended. */
export type Ending =
  /** All of it is here; whether it says anything is another question. */
  | { how: 'complete' }
  /** It stopped without a finish reason, without [DONE], or inside an event. */
  | { how: 'cut' }
  /** The connection, the deadline or a cap ended it. */
  | { how: 'lost'; error: EgressError }
  /** The endpoint reported an error where an answer should be. */
  | { how: 'error'; body: unknown }
  /** It is not, or is no longer, a chat completion. */
  | { how: 'foreign'; why: Misfit | 'web_page' | 'unreadable' };

export interface Reading {
  completion: Completion;
  ending: Ending;
  streamed: boolean;
  /** When the first content or reasoning came; null where nothing was streamed. On the clock of `performance.now()`. */
  firstTokenAt: number | null;
  /** When the finish reason came, or else the last byte. */
  finishedAt: number;
}

/**
 * Reads a reply of success by what it is, not by what its content type says: a stream of events, one JSON object,
 * or something else. Every byte is looked at once, and nothing that was cut or foreign counts as complete.
 */
export async function readAnswer(reply: Reply): Promise<Reading> {
  const reader = createAnswerReader();
  try {
    const decoder = new TextDecoder();
    for await (const bytes of reply.body) {
      reader.push(decoder.decode(bytes, { stream: true }), performance.now());
      if (reader.hasEnough()) return reader.end(performance.now());
    }
    reader.push(decoder.decode(), performance.now());
    const endedAt = performance.now();
    await ownTurn();
    return reader.end(endedAt);
  } catch (error) {
    return reader.fail(asEgressError(error), performance.now());
  }
}

/**
 * Of one JSON text, which is parsed in one go: deeply nested, a megabyte takes a quarter of a second. An answer as long
 * as the prompts here may ask for takes a tenth of it.
 */
const MAX_JSON_CHARACTERS = 512 * 1024;

const TOO_LONG: Ending = { how: 'foreign', why: 'too_long' };

type Shape = 'unknown' | 'json' | 'events' | 'web_page';

/** Pure: it is handed pieces of text and the time. However the same text is cut into pieces, the reading is the same. */
export function createAnswerReader() {
  const completion = emptyCompletion();
  const events = createSseDecoder();
  let shape: Shape = 'unknown';
  let json = '';
  let ending: Ending | null = null;
  let firstTokenAt: number | null = null;
  let finishedAt: number | null = null;

  function takeEvent(data: string, now: number): void {
    if (ending !== null || data.trim() === '') return;
    if (data.length > MAX_JSON_CHARACTERS) {
      ending = TOO_LONG;
      return;
    }
    if (data.trim() === '[DONE]') {
      ending = { how: 'complete' };
      return;
    }
    const piece = parseJson(data);
    if (piece === undefined) ending = { how: 'foreign', why: 'unreadable' };
    else takePiece(piece);
    if (firstTokenAt === null && hasBegun(completion)) firstTokenAt = now;
    if (finishedAt === null && completion.finishReason !== null) finishedAt = now;
  }

  function takePiece(piece: unknown): void {
    if (isFields(piece) && (piece.error || piece.object === 'error')) {
      ending = { how: 'error', body: piece };
      return;
    }
    const misfit = addPiece(completion, piece);
    if (misfit !== null) ending = { how: 'foreign', why: misfit };
  }

  function endOfBody(): Ending {
    if (shape === 'web_page') return { how: 'foreign', why: 'web_page' };
    if (shape === 'unknown') return { how: 'cut' };
    if (shape === 'events') return completion.finishReason !== null ? { how: 'complete' } : { how: 'cut' };
    const piece = parseJson(json);
    if (!isFields(piece)) return { how: 'foreign', why: 'unreadable' };
    takePiece(piece);
    return ending ?? { how: 'complete' };
  }

  const reading = (how: Ending, now: number): Reading => ({
    completion,
    ending: how,
    streamed: shape === 'events',
    firstTokenAt,
    finishedAt: finishedAt ?? now,
  });

  return {
    push(text: string, now: number): void {
      const piece = shape === 'unknown' ? text.trimStart() : text;
      if (shape === 'unknown') shape = shapeOf(piece);
      if (shape === 'json') json += piece;
      if (json.length > MAX_JSON_CHARACTERS) ending ??= TOO_LONG;
      if (shape === 'events') for (const data of events.push(piece)) takeEvent(data, now);
    },
    /** Nothing that may follow would change the reading. */
    hasEnough: () => ending !== null || shape === 'web_page',
    end(now: number): Reading {
      const rest = shape === 'events' ? events.rest() : null;
      if (rest !== null) {
        const isWhole = rest.length > MAX_JSON_CHARACTERS || rest.trim() === '[DONE]' || parseJson(rest) !== undefined;
        if (isWhole) takeEvent(rest, now);
        else ending ??= { how: 'cut' };
      }
      return reading(ending ?? endOfBody(), now);
    },
    fail(error: EgressError, now: number): Reading {
      const hasFinished = shape === 'events' && completion.finishReason !== null;
      return reading(ending ?? (hasFinished ? { how: 'complete' } : { how: 'lost', error }), now);
    },
  };
}

/** The first character that is not white space tells: DeepSeek's JSON begins with blank lines, as streams may. */
function shapeOf(text: string): Shape {
  if (text === '') return 'unknown';
  if (text.startsWith('<')) return 'web_page';
  return /^[[{"\dntf-]/.test(text) ? 'json' : 'events';
}
