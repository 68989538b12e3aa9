import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../contract/limits.js';
import type { Suite } from '../contract/session.js';
import { loadSuites } from '../suites/load.js';
import { type Answers, loadAnswers } from './answers.js';
import { complete } from './completion.js';
import { sampleModelRoutes } from './routes.js';
import { inTime } from './timing.js';
import { tokenize } from './tokens.js';

const SUITES = fileURLToPath(new URL('../../suites/', import.meta.url));
const LIFE = 1;

const STEPS =
  'A bat and a ball cost $1.10 together. The bat costs $1.00 more than the ball. What does the ball cost? Show the steps.';
const OVERLOADED = /^THIRD time I am writing/;
const RATE_LIMITED = /^Review this Express handler/;
const FILTERED = /^Your charger got so hot/;
const DROPPED = /^Compare solar, wind and nuclear power/;
const LONG = /^Write a complete troubleshooting guide/;

let suites: Suite[];
let answers: Answers;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  suites = await loadSuites(SUITES);
  answers = await loadAnswers();
  app = Fastify({ forceCloseConnections: true });
  await app.register(sampleModelRoutes, { pace: 500 });
  url = `${await app.listen({ port: 0 })}/sample-model/v1`;
});
afterAll(() => app.close());

const prompts = () => suites.flatMap((suite) => suite.prompts.map(({ prompt }) => prompt));
const promptLike = (pattern: RegExp) => prompts().find((prompt) => pattern.test(prompt))!;

function ask(prompt: string, fields: object = {}): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer any-key' },
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: prompt }], ...fields }),
  });
}

function eventsOf(body: string): string[] {
  return body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => event.replace(/^data: /, ''));
}

async function stream(prompt: string, fields: object = {}) {
  const response = await ask(prompt, { stream: true, stream_options: { include_usage: true }, ...fields });
  const events = eventsOf(await response.text());
  const chunks = events.slice(0, -1).map((event) => JSON.parse(event));
  const choices = chunks.flatMap((chunk) => chunk.choices);
  return {
    chunks,
    last: events.at(-1),
    text: choices.map((choice) => choice.delta.content ?? '').join(''),
    contentChunks: choices.filter((choice) => choice.delta.content).length,
    finishReason: choices.at(-1).finish_reason,
    usage: chunks.at(-1).usage,
  };
}

describe('the written answers', () => {
  it('are there for every prompt of every suite, and for nothing else', () => {
    expect([...answers.keys()].sort()).toEqual(prompts().sort());
  });

  it('say something, unless they fail before the first word', () => {
    for (const [prompt, { text, failure }] of answers) {
      const silent = failure !== null && failure !== 'dropped';
      expect(text === '', prompt).toBe(silent);
    }
  });

  it('let four at a time get through a suite within ten seconds', () => {
    for (const suite of suites) {
      const free = [0, 0, 0, 0];
      for (const { prompt } of suite.prompts) {
        const request = { messages: [{ role: 'user', content: prompt }], max_tokens: LIMITS.maxTokens.default };
        const { tokens, timing } = complete(request, answers, LIFE);
        free.sort((a, b) => a - b);
        free[0]! += timing.firstTokenMs + (tokens.length / timing.tokensPerSecond) * 1_000;
      }
      expect(Math.max(...free), suite.id).toBeLessThan(10_000);
    }
  });
});

describe('a streamed answer', () => {
  it('comes token by token and ends with finish reason, usage and [DONE]', async () => {
    const { chunks, last, text, contentChunks, finishReason, usage } = await stream(STEPS);

    expect(text).toBe(answers.get(STEPS)!.text);
    expect(finishReason).toBe('stop');
    expect(last).toBe('[DONE]');
    expect(chunks.at(-1).choices).toEqual([]);
    expect(usage.completion_tokens).toBe(contentChunks);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
  });

  it('has no usage unless asked for', async () => {
    const { chunks } = await stream(STEPS, { stream_options: undefined });
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it.each(['max_tokens', 'max_completion_tokens'])('is cut where %s says', async (limit) => {
    const { contentChunks, finishReason, usage, text } = await stream(STEPS, { [limit]: 10 });

    expect(contentChunks).toBe(10);
    expect(usage.completion_tokens).toBe(10);
    expect(finishReason).toBe('length');
    expect(answers.get(STEPS)!.text.startsWith(text)).toBe(true);
  });

  it('is cut at the default limit where it is a long one', async () => {
    const { finishReason, usage } = await stream(promptLike(LONG), { max_tokens: LIMITS.maxTokens.default });
    expect(finishReason).toBe('length');
    expect(usage.completion_tokens).toBe(LIMITS.maxTokens.default);
  });

  it('stops when nobody reads it any more', async () => {
    const lifelike = Fastify({ forceCloseConnections: true });
    const sent: Readable[] = [];
    lifelike.addHook('onSend', async (_request, _reply, payload) => {
      sent.push(payload as Readable);
    });
    await lifelike.register(sampleModelRoutes, {});
    const address = await lifelike.listen({ port: 0 });
    const reader = new AbortController();

    const response = await fetch(`${address}/sample-model/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: promptLike(LONG) }], stream: true }),
      signal: reader.signal,
    });
    await response.body!.getReader().read();
    expect(sent[0]!.destroyed).toBe(false);
    reader.abort();

    await expect.poll(() => sent[0]!.destroyed).toBe(true);
    expect(sent[0]!.readableEnded).toBe(false);
    await lifelike.close();
  });
});

describe('an answer in one piece', () => {
  it('is the same as the streamed one', async () => {
    const streamed = await stream(STEPS);
    const response = await ask(STEPS);
    const body = (await response.json()) as { choices: unknown[]; usage: object };

    expect(response.status).toBe(200);
    expect(body.choices).toEqual([
      { index: 0, message: { role: 'assistant', content: streamed.text }, finish_reason: 'stop' },
    ]);
    expect(body.usage).toEqual(streamed.usage);
  });

  it('takes a system prompt, which counts as input', async () => {
    const usageWith = async (messages: object[]) =>
      ((await (await ask('', { messages })).json()) as { usage: { prompt_tokens: number } }).usage.prompt_tokens;
    const user = { role: 'user', content: STEPS };

    const alone = await usageWith([user]);
    const withSystem = await usageWith([{ role: 'system', content: 'You are a patient teacher.' }, user]);

    expect(withSystem).toBeGreaterThan(alone);
  });

  it('says that it is a sample where nothing was written for the prompt, the same each time', async () => {
    const first = await stream('What is the airspeed of an unladen swallow?');
    const second = await stream('What is the airspeed of an unladen swallow?');

    expect(first.text).toMatch(/sample model/);
    expect(second.text).toBe(first.text);
  });
});

describe('what goes wrong on purpose', () => {
  it('an overloaded model answers 503', async () => {
    const response = await ask(promptLike(OVERLOADED), { stream: true });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { type: 'server_error', code: 'overloaded' } });
  });

  it('a rate limit answers 429 and says when to come back', async () => {
    const response = await ask(promptLike(RATE_LIMITED), { stream: true });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  });

  it('a content filter leaves no text', async () => {
    const { text, finishReason } = await stream(promptLike(FILTERED));
    expect({ text, finishReason }).toEqual({ text: '', finishReason: 'content_filter' });
  });

  it('a dropped connection leaves a partial stream, or nothing', async () => {
    const response = await ask(promptLike(DROPPED), { stream: true });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    await expect(ask(promptLike(DROPPED))).rejects.toThrow('fetch failed');
  });
});

describe('a faulty request is answered in the shape of OpenAI’s errors', () => {
  it.each([
    ['no messages', { messages: [] }, /messages/],
    ['a message without content', { messages: [{ role: 'user' }] }, /content/],
    ['no room for an answer', { max_tokens: 0 }, /max_tokens/],
  ])('%s', async (_, fields, message) => {
    const response = await ask('Hello', fields);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringMatching(message) },
    });
  });

  it('a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/chat/completions`, { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });
});

it('lists its one model', async () => {
  const response = await fetch(`${url}/models`);
  expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'sample-model' }] });
});

describe('tokens', () => {
  it('put together are the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokenize(text).join('')).toBe(text);
      }),
    );
  });

  it('come at their time, a little later each', async () => {
    const start = performance.now();
    const times: number[] = [];
    for await (const _ of inTime(['a', 'b', 'c'], { firstTokenMs: 30, tokensPerSecond: 50 })) {
      times.push(performance.now() - start);
    }
    const end = performance.now() - start;

    expect(times).toHaveLength(3);
    expect(times[0]).toBeGreaterThanOrEqual(28);
    expect(times[2]).toBeGreaterThanOrEqual(67);
    expect(end).toBeGreaterThanOrEqual(86);
  });
});
