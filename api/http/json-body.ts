import type { App } from './app-type.js';
import { ProblemError } from './problem.js';

/** Bodies are JSON. None at all is fine too, whatever its type says: `POST /cleanup` has nothing to send. */
export function acceptJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, (error, value) => done(error && refusal(body as string), value));
  });
}

/** The parser says the same of text that is no JSON, and of JSON that would poison a prototype. */
function refusal(body: string): ProblemError {
  const detail = isJson(body)
    ? 'The body must not have a key named __proto__, nor a constructor with a prototype.'
    : 'The body must be well-formed JSON.';
  return new ProblemError('invalid_request', detail, { field: 'body' });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
