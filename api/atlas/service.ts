import { randomUUID } from 'node:crypto';
import type { Answer } from '../contract/answer.js';
import type { Row, Run } from '../contract/row.js';
import type { AtlasRequest } from '../contract/session.js';
import type { PrismaClient, Tx } from '../database/database.js';
import { storableText } from '../database/storable-text.js';
import { SESSION_INVALID } from '../http/authenticate.js';
import { ProblemError } from '../http/problem.js';
import type { Answered, Question, RunFacts } from './ask.js';
import { addTurn, findConversation, isSessionGone, reserveQuestion } from './store.js';

export interface AtlasOptions {
  prisma: PrismaClient;
  language: {
    ask(input: Question): Answered | Promise<Answered>;
    opening(input: { id: string; rows: readonly Row[]; run: RunFacts }): Answered;
  };
  questionsPerSession: number;
  latestRun(sessionId: string): Promise<Run | null>;
  /** Throws `not_found` where the session has no such run. */
  getRun(sessionId: string, runId: string): Promise<Run>;
  onOpeningFailed(error: unknown): void;
}

export type Atlas = ReturnType<typeof createAtlas>;

/** Asks Atlas about a session's runs, and keeps the conversation. */
export function createAtlas(options: AtlasOptions) {
  const { prisma, language } = options;

  /** @throws {ProblemError} `no_results`, `not_found`, `question_limit`, `session_invalid` */
  async function ask(sessionId: string, request: AtlasRequest): Promise<Answer> {
    const run = await runAskedAbout(sessionId, request.runId);
    await takeQuestion(sessionId);
    const question = storableText(request.question);
    const { answer, conversation } = await language.ask({
      id: randomUUID(),
      question,
      rows: run.results,
      run: factsOf(run),
      conversation: await findConversation(prisma, sessionId, run.runId),
      without: request.without,
    });
    const told = run.finishedAt === null ? soFar(answer) : answer;
    await addTurn(prisma, { sessionId, runId: run.runId, question, answer: told, conversation }).catch(toProblem);
    return told;
  }

  async function runAskedAbout(sessionId: string, runId: string | undefined): Promise<Run> {
    const run = runId === undefined ? await options.latestRun(sessionId) : await options.getRun(sessionId, runId);
    if (!run || run.results.length === 0) {
      throw new ProblemError('no_results', 'There are no results yet. Run a batch test, then ask about it.');
    }
    return run;
  }

  async function takeQuestion(sessionId: string): Promise<void> {
    const outcome = await reserveQuestion(prisma, sessionId, options.questionsPerSession);
    if (outcome === 'session over') throw new ProblemError('session_invalid', SESSION_INVALID);
    if (outcome === 'used up') {
      throw new ProblemError(
        'question_limit',
        'The questions of this session are used up. The exports have all results.',
      );
    }
  }

  /** Keeps the summary that Atlas opens with, in the transaction that ends the run. A run ends without one, too. */
  async function open(tx: Tx, sessionId: string, run: Run): Promise<void> {
    if (run.results.every((row) => row.attempts === 0)) return;
    const opening = summarise(run);
    if (opening) await addTurn(tx, { sessionId, runId: run.runId, question: null, ...opening });
  }

  function summarise(run: Run) {
    try {
      return language.opening({ id: randomUUID(), rows: run.results, run: factsOf(run) });
    } catch (error) {
      options.onOpeningFailed(error);
      return null;
    }
  }

  return { ask, open };
}

function toProblem(error: unknown): never {
  if (isSessionGone(error)) throw new ProblemError('session_invalid', SESSION_INVALID);
  throw error;
}

function factsOf(run: Run): RunFacts {
  const { completed: _completed, failed: _failed, inFlight: _inFlight, results: _results, ...facts } = run;
  return facts;
}

/** Says so without a number: every number in an answer is one that was computed for it. */
function soFar(answer: Answer): Answer {
  return {
    ...answer,
    text: `${answer.text}\n\nThe run is still going: this is about the prompts that have finished so far.`,
  };
}
