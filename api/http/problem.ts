import { PROBLEMS, type Problem, type ProblemCode } from '../contract/errors.js';

/** What some codes carry beside their sentence. */
export type ProblemExtra = Pick<Problem, 'field' | 'reason' | 'hint' | 'promptsLeft' | 'retryAfterSeconds'>;

/** A refusal that the client is told: thrown anywhere below a route, answered as problem+json (RFC 9457). */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly extra: ProblemExtra;

  /** `detail` is a sentence for a person: what is wrong, and what to do next. */
  constructor(code: ProblemCode, detail: string, extra: ProblemExtra = {}) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.extra = extra;
  }

  /** Named as Fastify names it, for handlers that know nothing of problems. */
  get statusCode(): number {
    return PROBLEMS[this.code].status;
  }

  toProblem(): Problem {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `urn:ftl-atlas:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...this.extra,
    };
  }
}

/** What is told of a failure that nobody foresaw. Its cause goes to the log alone. */
export const INTERNAL = new ProblemError('internal', 'Something went wrong on our side. Try again in a moment.');
export const DATABASE_AWAY = new ProblemError('busy', 'The service is busy. Try again in a moment.', {
  retryAfterSeconds: 5,
});
