import type { RowStatus } from '../contract/row.js';
import type { Reply } from '../egress/reply.js';
import type { CallOutcome } from '../results/call.js';
import { classify } from './classify.js';
import { NO_USAGE } from './completion.js';
import { asEgressError, egressFailure, type Failure, failure } from './failures.js';
import { parseJson } from './json.js';
import { readAnswer } from './read-answer.js';
import type { Redactor } from './redact.js';
import { readRetryAfter } from './retry-after.js';
import { ownTurn } from './turns.js';
import type { Answered } from './upstream.js';
import { quote, readUpstreamError } from './upstream-error.js';
import { problemWith } from './verdict.js';

/** One call and how it ended. */
export interface Attempt {
  outcome: Omit<CallOutcome, 'calls'>;
  /** The model that the endpoint says answered, scrubbed. */
  modelEcho: string | null;
  /** null where the call succeeded. */
  failure: Failure | null;
  /** What a 400 or 422 complains about, as it came: it may name a field to leave out. Never leaves this folder. */
  complaint: string | null;
}

const MAX_NAME = 200;
/** An error's message is near its beginning. */
const MAX_ERROR_BODY = 64 * 1024;

/** Sends one request and judges what comes back. Every failure is an attempt that failed; only a mistake of ours throws. */
export async function attempt(send: () => Promise<Answered>, redact: Redactor): Promise<Attempt> {
  let answered: Answered;
  try {
    answered = await send();
  } catch (error) {
    return failed(egressFailure(asEgressError(error)));
  }
  const { reply, sentAt } = answered;
  const isSuccess = reply.status >= 200 && reply.status < 300;
  return isSuccess ? judge(reply, sentAt, redact) : refused(reply, redact);
}

async function refused(reply: Reply, redact: Redactor): Promise<Attempt> {
  const { status } = reply;
  const body = await readErrorBody(reply);
  const error = readUpstreamError(parseJson(body) ?? null);
  const isWebPage = body.trimStart().startsWith('<');
  const kind = classify({ status, error, isWebPage });
  const result = failed(failure(kind, { httpStatus: status, detail: quote(error, redact) }), reply);
  const isComplaint = status === 400 || status === 422;
  return { ...result, complaint: isComplaint ? [error.param, error.message ?? body].join(' ') : null };
}

async function judge(reply: Reply, sentAt: number, redact: Redactor): Promise<Attempt> {
  const reading = await readAnswer(reply);
  const { completion, firstTokenAt, finishedAt, streamed } = reading;
  const problem = problemWith(reading, reply.status, redact);
  await ownTurn();
  const text = redact.text(completion.text || completion.refusal);
  const outcome: Attempt['outcome'] = {
    status: problem === null ? 'ok' : statusOf(problem),
    text: problem !== null && text === '' ? null : text,
    finishReason: completion.finishReason === null ? null : redact.line(completion.finishReason, MAX_NAME),
    usage: completion.usage,
    latencyMs: problem === null ? elapsedMs(sentAt, finishedAt) : null,
    firstTokenMs: problem === null && streamed && firstTokenAt !== null ? elapsedMs(sentAt, firstTokenAt) : null,
    error: problem?.error ?? null,
    retry: problem === null ? null : retryOf(problem, reply),
  };
  const modelEcho = completion.model === null ? null : redact.line(completion.model, MAX_NAME);
  // Whoever takes the text reads all of it once more.
  await ownTurn();
  return { outcome, modelEcho, failure: problem, complaint: null };
}

function failed(problem: Failure, reply: Reply | null = null): Attempt {
  return {
    outcome: {
      status: statusOf(problem),
      text: null,
      finishReason: null,
      usage: NO_USAGE,
      latencyMs: null,
      firstTokenMs: null,
      error: problem.error,
      retry: retryOf(problem, reply),
    },
    modelEcho: null,
    failure: problem,
    complaint: null,
  };
}

function statusOf(problem: Failure): RowStatus {
  if (problem.error.type === 'timeout') return 'timeout';
  return problem.error.type === 'cancelled' ? 'cancelled' : 'error';
}

function retryOf(problem: Failure, reply: Reply | null): CallOutcome['retry'] {
  if (!problem.worthARetry) return null;
  return reply === null ? { afterMs: null } : readRetryAfter(reply.header);
}

/** What came of it, however it ends: an error that does not end is still an error. */
async function readErrorBody(reply: Reply): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of reply.body) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= MAX_ERROR_BODY) break;
    }
  } catch {
    // The status alone says what went wrong.
  }
  return text;
}

/** To a tenth of a millisecond: finer digits would only be the scheduler's noise. */
function elapsedMs(from: number, to: number): number {
  return Math.round((to - from) * 10) / 10;
}
