import { describe, expect, test } from 'vitest';
import { ownTime } from '../../testing/stalls.mjs';
import { classify } from './classify.js';
import { readUpstreamError } from './upstream-error.js';

const kindOf = (status: number, body: unknown) =>
  classify({ status, error: readUpstreamError(body), isWebPage: typeof body === 'string' && body.startsWith('<') });

describe('what endpoints of many makes mean', () => {
  test.each([
    [
      'OpenAI, no such model',
      404,
      { error: { message: 'The model `x` does not exist or you do not have access to it.', code: 'model_not_found' } },
      'model_not_found',
    ],
    [
      'vLLM, no such model',
      404,
      { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
      'model_not_found',
    ],
    [
      'Ollama, no such model',
      404,
      { error: { message: 'model "x" not found, try pulling it first', type: 'api_error' } },
      'model_not_found',
    ],
    [
      'OpenRouter, no such model',
      400,
      { error: { message: 'x is not a valid model ID', code: 400 } },
      'model_not_found',
    ],
    [
      'Mistral, no such model',
      400,
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model' },
      'model_not_found',
    ],
    [
      'Azure, no such deployment',
      404,
      { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } },
      'model_not_found',
    ],
    [
      'Groq, retired model',
      400,
      { error: { message: 'The model `x` has been decommissioned', code: 'model_decommissioned' } },
      'model_not_found',
    ],
    [
      'OpenAI, wrong path',
      404,
      { error: { message: 'Invalid URL (POST /chat/completions)', type: 'invalid_request_error' } },
      'no_chat_api',
    ],
    ['FastAPI, wrong path', 404, { detail: 'Not Found' }, 'no_chat_api'],
    ['Go, wrong path', 404, '404 page not found', 'no_chat_api'],
    ['LM Studio, wrong path', 500, { error: 'Unexpected endpoint or method. (POST /chat/completions)' }, 'no_chat_api'],
    [
      'OpenAI, no quota',
      429,
      { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } },
      'out_of_credit',
    ],
    ['DeepSeek, no credit', 402, { error: { message: 'Insufficient Balance' } }, 'out_of_credit'],
    [
      'Gemini, rate',
      429,
      [
        {
          error: {
            code: 429,
            message: 'You exceeded your current quota. Please retry in 20s.',
            status: 'RESOURCE_EXHAUSTED',
          },
        },
      ],
      'rate_limited',
    ],
    [
      'Gemini, bad key',
      400,
      [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.' } }],
      'key_refused',
    ],
    [
      'Azure, content filter',
      400,
      { error: { code: 'content_filter', message: 'The response was filtered' } },
      'content_filtered',
    ],
    [
      'llama.cpp, context',
      400,
      { error: { code: 400, message: 'too many tokens', type: 'exceed_context_size_error' } },
      'prompt_too_long',
    ],
    [
      'vLLM, context',
      400,
      { object: 'error', message: "This model's maximum context length is 10 tokens", code: 400 },
      'prompt_too_long',
    ],
    ['llama.cpp, loading', 503, { error: { message: 'Loading model', code: 503 } }, 'model_loading'],
    ['a proxy, no words', 502, '<html>', 'server_error'],
    ['a firewall', 403, '<html>', 'firewall_page'],
    ['a status of no meaning', 999, {}, 'unexpected_status'],
    ['an unsupported field', 400, { error: { message: "'x' is not supported with this model" } }, 'request_refused'],
  ])('%s', (_, status, body, kind) => {
    expect(kindOf(status, body)).toBe(kind);
  });
});

describe('what endpoints say', () => {
  test.each([
    [{ error: { message: 'nested' } }, 'nested'],
    [{ message: 'flat', code: 400 }, 'flat'],
    [{ error: 'a string' }, 'a string'],
    [
      { object: 'error', message: { detail: [{ loc: ['body', 'stream_options'], msg: 'not permitted' }] } },
      'body.stream_options: not permitted',
    ],
    [
      { detail: [{ loc: ['body', 'model'], msg: 'field required' }, { msg: 'and more' }] },
      'body.model: field required; and more',
    ],
    [{ detail: 'Not Found' }, 'Not Found'],
    [[{ error: { message: 'in a list' } }], 'in a list'],
    [{ error: { message: 5 } }, null],
    [{ error: null }, null],
    ['text', null],
    [null, null],
    [[[[]]], null],
  ])('%j', (body, message) => {
    expect(readUpstreamError(body).message).toBe(message);
  });
});

test('a message of megabytes is judged by its beginning', () => {
  const started = ownTime();
  expect(kindOf(404, { error: { message: 'model '.repeat(500_000), code: 404 } })).toBeDefined();
  expect(ownTime() - started).toBeLessThan(1_000);
});
