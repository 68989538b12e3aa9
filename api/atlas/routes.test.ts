import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';
import { modelThat, patientModel, until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import { SocketClient } from '../../testing/socket-client.js';
import type { Answer } from '../contract/answer.js';
import type { Message, Session } from '../contract/session.js';

const FAILING = 'fail, please';
const model = modelThat(async ({ prompt }) => outcome(prompt === FAILING ? 'server_error' : null));

let test: TestApp;
let base: string;
beforeAll(async () => {
  test = await openTestApp({ edges: { modelClient: model }, env: { QUESTIONS_PER_SESSION: '4' } });
  base = await test.listen();
});
afterAll(() => test.close());

async function visit(app: TestApp = test) {
  const visitor = app.visitor();
  const { sessionToken: token, sessionId } = await visitor.configure();
  const post = (path: string, body: object) => visitor.request(path, { method: 'POST', token, body });
  return {
    token,
    sessionId,
    visitor,
    post,
    ask: (question: string, more: object = {}) => post('/atlas', { question, ...more }),
    session: async (): Promise<Session> => (await visitor.request('/session', { token })).json(),
    /** Runs prompts to their end. @returns the run's id */
    async run(...prompts: string[]): Promise<string> {
      const { run } = (await post('/batch-test', { prompts: prompts.map((prompt) => ({ prompt })) })).json();
      await visitor.request(`/batch-test/${run.runId}/events`, { token });
      return run.runId;
    },
    configureAgain: () =>
      post('/configure', { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-x', modelId: 'model-a' }),
  };
}

const values = (answer: Answer) => answer.parts.flatMap((part) => part.values.map(({ value }) => value));

describe('a question to Atlas', () => {
  it('is answered about the latest run, and kept with its answer after the summary that Atlas opens with', async () => {
    const { run, ask, session } = await visit();
    await run('one', FAILING, 'three');
    const response = await ask('How many prompts failed?');
    expect(response.statusCode).toBe(200);
    const answer: Answer = response.json();
    expect(answer).toMatchObject({ kind: 'answer', source: 'computed', question: 'How many prompts failed?' });
    expect(values(answer)).toContain(1);
    const { messages, questionsLeft } = await session();
    expect(questionsLeft).toBe(3);
    expect(messages.map(({ question }) => question)).toEqual([null, 'How many prompts failed?']);
    expect(messages.at(-1)).toEqual({ question: answer.question, answer, createdAt: expect.stringMatching(/Z$/) });
  });

  it('may lean on the one before it', async () => {
    const { run, ask } = await visit();
    await run('one', FAILING, 'three');
    await ask('Which prompts failed?');
    const followUp: Answer = (await ask('how many were those?')).json();
    expect(followUp.kind).toBe('answer');
    expect(values(followUp)).toContain(1);
  });

  it('may be about an earlier run of the session, but of no other session', async () => {
    const { run, ask, configureAgain } = await visit();
    const first = await run(FAILING, FAILING);
    await configureAgain();
    await run('one');
    expect(values((await ask('how many failed?')).json())).toContain(0);
    expect(values((await ask('how many failed?', { runId: first })).json())).toContain(2);
    const other = await visit();
    expect((await other.ask('how many failed?', { runId: first })).json()).toMatchObject({ code: 'not_found' });
  });

  it('is refused before there are results', async () => {
    const { ask, session } = await visit();
    expect((await ask('how many failed?')).json()).toMatchObject({ status: 409, code: 'no_results' });
    expect((await session()).questionsLeft).toBe(4);
  });

  it('is refused beyond the limit, also when many are asked at once', async () => {
    const { run, ask, session } = await visit();
    await run('one');
    const answers = await Promise.all(Array.from({ length: 7 }, () => ask('how many failed?')));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 200, 422, 422, 422]);
    expect(answers.find(({ statusCode }) => statusCode === 422)!.json()).toMatchObject({ code: 'question_limit' });
    expect(await session()).toMatchObject({ questionsLeft: 0 });
  });

  it.each([[{}], [{ question: '' }], [{ question: 'x'.repeat(1_001) }], [{ question: 'x', without: 'chip' }]])(
    'is refused where it is not one: %j',
    async (body) => {
      const { post } = await visit();
      expect((await post('/atlas', body)).json()).toMatchObject({ status: 400, code: 'invalid_request' });
    },
  );

  it('keeps text that a database would not take', async () => {
    const { run, ask, session } = await visit();
    await run('one');
    expect((await ask('how many failed? \0 \ud800 ')).statusCode).toBe(200);
    const last = (await session()).messages.at(-1) as Message;
    expect(last.question).toBe('how many failed?  \ufffd ');
  });

  it('comes and goes over the socket, too', async () => {
    const { run, token, visitor, session } = await visit();
    await run('one', FAILING);
    const socket = await SocketClient.open(base, { headers: visitor.headers });
    await socket.hello(token);
    socket.send({ type: 'atlas.ask', id: 'q', question: 'How many failed?' });
    const { id, answer } = await socket.next('atlas.answer');
    expect(id).toBe('q');
    expect(values(answer)).toContain(1);
    expect((await session()).messages.at(-1)?.answer).toEqual(answer);
    socket.close();
  });
});

describe('a question during a run', () => {
  it('is about the rows so far, and says so without a number of its own', async () => {
    const patient = patientModel();
    const app = await openTestApp({ edges: { modelClient: patient.client } });
    const { post, ask, session } = await visit(app);
    await post('/batch-test', { prompts: [{ prompt: 'a' }, { prompt: 'b' }, { prompt: 'c' }], concurrency: 1 });
    expect((await ask('how many failed?')).json()).toMatchObject({ code: 'no_results' });
    await patient.answer('a', outcome('server_error'));
    await until(async () => (await session()).run?.failed === 1);
    const answer: Answer = (await ask('how many failed?')).json();
    expect(values(answer)).toContain(1);
    expect(answer.text).toMatch(/so far\.$/);
    expect(answer.text.split('\n\n').at(-1)).not.toMatch(/\d/);
    expect((await session()).messages.map(({ question }) => question)).toEqual(['how many failed?']);
    await patient.answer('b');
    await patient.answer('c');
    await app.close();
  });
});
