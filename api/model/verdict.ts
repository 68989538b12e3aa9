import type { EgressError } from '../egress/errors.js';
import { classify } from './classify.js';
import { hasBegun } from './completion.js';
import { type Circumstances, egressFailure, type Failure, failure, type OwnKind } from './failures.js';
import type { Ending, Reading } from './read-answer.js';
import type { Redactor } from './redact.js';
import { quote, readUpstreamError } from './upstream-error.js';

/** null: a good answer. What broke off after its first token is never asked for again. */
export function problemWith(reading: Reading, httpStatus: number, redact: Redactor): Failure | null {
  const { completion, ending } = reading;
  const begun = hasBegun(completion);
  const inAnswer = { httpStatus };
  switch (ending.how) {
    case 'complete':
      return problemWithComplete(reading, inAnswer);
    case 'cut':
      return failure(begun ? 'stream_broken' : 'empty_answer', inAnswer);
    case 'foreign':
      return failure(foreignKind(ending.why), inAnswer);
    case 'lost':
      return lostInAnswer(ending.error, begun, inAnswer);
    case 'error': {
      const error = readUpstreamError(ending.body);
      const kind = begun ? 'stream_broken' : classify({ status: error.status ?? 500, error, isWebPage: false });
      return failure(kind, { ...inAnswer, detail: quote(error, redact) });
    }
  }
}

function problemWithComplete({ completion }: Reading, inAnswer: Circumstances): Failure | null {
  if (!completion.wellFormed) return failure('not_a_completion', inAnswer);
  if (completion.text !== '' || completion.refusal !== '') return null;
  if (completion.finishReason === 'content_filter') return failure('content_filtered', inAnswer);
  return completion.finishReason === null ? failure('empty_answer', inAnswer) : null;
}

function foreignKind(why: Extract<Ending, { how: 'foreign' }>['why']): OwnKind {
  if (why === 'web_page') return 'web_page';
  return why === 'too_long' ? 'answer_too_large' : 'not_a_completion';
}

/** A connection or a message that broke makes a broken stream; a deadline or a cap is said as such, with the part that came. */
function lostInAnswer(error: EgressError, begun: boolean, inAnswer: Circumstances): Failure {
  const isBroken = error.type === 'connection' || error.code === 'not_http';
  return isBroken && begun ? failure('stream_broken', inAnswer) : egressFailure(error);
}
