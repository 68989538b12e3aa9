import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownTime } from '../../testing/stalls.mjs';
import type { Reply } from '../egress/reply.js';
import { createAnswerReader, type Reading, readAnswer } from './read-answer.js';

/** Reads bytes that arrive in the given pieces. */
async function read(bytes: Uint8Array, cuts: readonly number[] = []): Promise<Reading> {
  const at = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  async function* body() {
    for (let i = 1; i < at.length; i += 1) yield bytes.subarray(at[i - 1], at[i]);
  }
  const reply: Reply = { status: 200, header: () => null, body: body() };
  return readAnswer(reply);
}
const readText = (text: string, cuts?: readonly number[]) => read(Buffer.from(text), cuts);

/** A reading without its times, which depend on the clock. */
const withoutTimes = ({ completion, ending, streamed }: Reading) => ({ completion, ending, streamed });

const chunk = (delta: object, choice: object = {}, over: object = {}) =>
  JSON.stringify({ id: 'a', choices: [{ index: 0, delta, finish_reason: null, ...choice }], ...over });
const usage = JSON.stringify({
  id: 'a',
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const noise = fc.constantFrom(': keep-alive', 'event: message', 'id: 7', 'retry: 10', 'unknown: field', '');
const tail = fc.constantFrom('finish', 'finish+done', 'done', 'nothing', 'error', 'garbage', 'half');

/** A stream of events, as servers of many makes write them; sometimes broken. */
const stream = fc.record({ words: fc.array(word), nl: lineEnd, noise, tail, space: fc.boolean() }).map((made) => {
  const event = (data: string) => `data:${made.space ? ' ' : ''}${data}${made.nl}${made.nl}`;
  const tails = {
    finish: event(chunk({}, { finish_reason: 'stop' })),
    'finish+done': event(chunk({}, { finish_reason: 'length' })) + event(usage) + event('[DONE]'),
    done: event('[DONE]'),
    nothing: '',
    error: event('{"error":{"message":"no"}}'),
    garbage: event('{"choices":'),
    half: 'data: {"choices":[{"del',
  };
  const body = made.words.map((text) => `${made.noise}${made.nl}${event(chunk({ content: text }))}`).join('');
  return { text: event(chunk({ role: 'assistant' })) + body + tails[made.tail], ...made };
});

describe('reading an answer', () => {
  test('is the same however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.array(fc.nat({ max: 3_000 }), { maxLength: 30 }), async ({ text }, cuts) => {
        const whole = withoutTimes(await readText(text));
        expect(withoutTimes(await readText(text, cuts))).toEqual(whole);
        const everywhere = Array.from({ length: Buffer.byteLength(text) }, (_, at) => at);
        expect(withoutTimes(await readText(text, everywhere))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps every word, in order, and calls nothing complete that was cut', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async ({ text, words, tail: end }) => {
        const { completion, ending } = await readText(text);
        expect(completion.text).toBe(words.join(''));
        expect(ending.how).toBe(
          {
            finish: 'complete',
            'finish+done': 'complete',
            done: 'complete',
            nothing: 'cut',
            error: 'error',
            garbage: 'foreign',
            half: 'cut',
          }[end],
        );
      }),
    );
  });

  test('takes any bytes without throwing, and none of them for an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const { completion, ending } = await read(bytes);
        expect(completion.wellFormed && ending.how === 'complete').toBe(false);
      }),
    );
  });

  test.each([
    ['one line', 'data: ', 'x'],
    ['blank lines', 'data: {}\n\n', '\n'],
    ['white space before anything', '', ' '],
    ['one string of JSON', '{"a":"', 'x'],
  ])('looks once at each of 400,000 pieces of %s', (_, beginning, piece) => {
    const reader = createAnswerReader();
    const startedAt = ownTime();
    reader.push(beginning, 0);
    for (let i = 0; i < 400_000; i += 1) reader.push(piece, 0);
    reader.end(0);
    // To look at all of it again with each piece would take a minute.
    expect(ownTime() - startedAt).toBeLessThan(10_000);
  });

  test.each([
    ['JSON', '{"choices":', ''],
    ['one event', 'data: {"choices":', '\n\n'],
    ['one event that the stream ends in', 'data: {"choices":', ''],
  ])('gives up %s that is too long to be parsed in one go, before it is parsed', (_, beginning, end) => {
    const reader = createAnswerReader();
    reader.push(beginning, 0);
    for (let i = 0; i < 40; i += 1) reader.push('['.repeat(65_536), 0);
    const began = ownTime();
    reader.push(`1${']'.repeat(2_621_440)}}${end}`, 0);
    const { ending } = reader.end(0);
    expect(ending).toEqual({ how: 'foreign', why: 'too_long' });
    // To parse it takes half a second.
    expect(ownTime() - began).toBeLessThan(150);
  });

  test('keeps of an answer that is too long as much as may be stored', async () => {
    const { completion, ending } = await readText(
      JSON.stringify({ choices: [{ message: { content: 'x'.repeat(300_000) } }] }),
    );
    expect(ending).toEqual({ how: 'foreign', why: 'too_long' });
    expect(completion.text).toHaveLength(200_000);
  });

  test('takes the first content or reasoning for the first token, and the finish reason for the end', () => {
    const reader = createAnswerReader();
    reader.push(`data: ${chunk({ role: 'assistant', content: '' })}\n\n`, 10);
    reader.push(`data: ${chunk({ reasoning_content: 'hm' })}\n\n`, 20);
    reader.push(`data: ${chunk({ content: 'Hi' })}\n\n`, 30);
    reader.push(`data: ${chunk({}, { finish_reason: 'stop' })}\n\n`, 40);
    reader.push(`data: ${usage}\n\n`, 50);
    const { firstTokenAt, finishedAt, completion } = reader.end(60);
    expect([firstTokenAt, finishedAt]).toEqual([20, 40]);
    expect(completion.usage).toEqual({ inputTokens: 3, outputTokens: 2, totalTokens: 5 });
  });

  test('takes the last byte for the end of what was not streamed', () => {
    const reader = createAnswerReader();
    reader.push('{"choices":[{"message":{"content":"Hi"},', 10);
    reader.push('"finish_reason":"stop"}]}', 20);
    const { firstTokenAt, finishedAt, streamed, completion } = reader.end(30);
    expect([firstTokenAt, finishedAt, streamed, completion.text]).toEqual([null, 30, false, 'Hi']);
  });

  test.each([
    ['usage in x_groq', `data: ${JSON.stringify({ choices: [], x_groq: { usage: { prompt_tokens: 4 } } })}\n\n`, 4],
    ['usage of nonsense', `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: -4 } })}\n\n`, null],
  ])('reads %s', async (_, text, inputTokens) => {
    expect((await readText(text)).completion.usage.inputTokens).toBe(inputTokens);
  });

  test.each([
    ['a flat error in a stream', 'data: {"object":"error","message":"no","code":400}\n\n', 'error'],
    ['a native Ollama answer', '{"message":{"role":"assistant","content":"Hi"},"done":true}', 'complete'],
    ['a list', '[{"choices":[]}]', 'foreign'],
    ['a web page after blank lines', '\n\n <html>', 'foreign'],
    ['nothing', '', 'cut'],
  ])('judges %s', async (_, text, how) => {
    const { ending, completion } = await readText(text);
    expect(ending.how).toBe(how);
    expect(completion.wellFormed).toBe(false);
  });
});
