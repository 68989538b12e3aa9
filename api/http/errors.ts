import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { LIMITS } from '../contract/limits.js';
import type { App } from './app-type.js';
import { DATABASE_AWAY, INTERNAL, ProblemError } from './problem.js';

/** Every failure leaves as problem+json: ours as they are, Fastify's translated, the rest as `internal`. */
export function handleErrors(app: App, { isDatabaseAway }: { isDatabaseAway(error: unknown): boolean }): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = isDatabaseAway(error) ? DATABASE_AWAY : toProblemError(error as FastifyError);
    if (problem !== error && problem.statusCode >= 500) request.log.error({ err: error }, 'request failed');
    sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) => {
    sendProblem(reply, new ProblemError('not_found', `There is no ${request.method} route at this address.`));
  });
}

/** For addresses that Fastify cannot even read: they meet no hook and no route. */
export function refuseBadUrl(_error: FastifyError, _request: unknown, reply: FastifyReply): void {
  sendProblem(
    reply,
    new ProblemError('invalid_request', 'The address of this request is not valid.', { field: 'url' }),
  );
}

function sendProblem(reply: FastifyReply, problem: ProblemError): void {
  if (problem.code === 'session_invalid') reply.header('WWW-Authenticate', 'Bearer');
  if (problem.extra.retryAfterSeconds !== undefined) reply.header('Retry-After', problem.extra.retryAfterSeconds);
  // As bytes: to a string Fastify would add a charset, which JSON does not have.
  reply
    .code(problem.statusCode)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem.toProblem())));
}

function toProblemError(error: FastifyError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error.validation) return invalid(error.validation[0], error.validationContext);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ProblemError('payload_too_large', `A request may have at most ${LIMITS.bodyBytes / 1024} KiB.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError('unsupported_media_type', 'Send the body as application/json.');
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new ProblemError('busy', 'This took too long. Try again in a moment.');
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return new ProblemError('invalid_request', 'The request could not be read.', { field: 'body' });
  }
  return INTERNAL;
}

function invalid(error: FastifySchemaValidationError | undefined, context = 'body'): ProblemError {
  if (!error) return new ProblemError('invalid_request', 'The request is not valid.');
  const missing = error.keyword === 'required' ? String(error.params.missingProperty) : '';
  const path = [...error.instancePath.split('/').slice(1), missing].filter((part) => part !== '');
  const field = path.join('.') || context;
  return new ProblemError('invalid_request', `${field} ${explain(error)}.`, { field });
}

function explain({ keyword, params, message }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'type':
      return `must be of type ${String(params.type)}`;
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `may have at most ${String(params.limit)} characters`;
    case 'maxItems':
      return `may have at most ${String(params.limit)} items`;
    case 'minItems':
      return 'must not be empty';
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    default:
      return message ?? 'is not valid';
  }
}
