import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, type Visitor } from '../../testing/app.js';
import { modelThat, patientModel, until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import type { Row, Run } from '../contract/row.js';
import type { RunEvent } from '../contract/socket.js';
import type { CallOutcome } from '../results/call.js';

/** What the model does with a prompt that holds such words. */
const SCRIPT: Record<string, () => CallOutcome> = {
  'key refused': () => outcome('auth'),
  'server error': () => outcome('server_error'),
};
const obedientModel = modelThat(async ({ prompt }) => SCRIPT[prompt]?.() ?? outcome(null, { text: `On ${prompt}.` }));

let obedient: TestApp;
beforeAll(async () => {
  obedient = await openTestApp({ edges: { modelClient: obedientModel } });
});
afterAll(() => obedient.close());

const own = (...prompts: string[]) => ({ prompts: prompts.map((prompt) => ({ prompt })) });

/** A visitor with a session: what they can do with runs. */
async function connect(test: TestApp, visitor: Visitor = test.visitor()) {
  const { sessionToken: token, sessionId } = await visitor.configure();
  const post = (path: string, body?: object) => visitor.request(path, { method: 'POST', token, body });
  const run = async (runId: string): Promise<Run> => (await visitor.request(`/batch-test/${runId}`, { token })).json();
  return {
    visitor,
    token,
    sessionId,
    post,
    run,
    async start(body: object): Promise<Run> {
      const response = await post('/batch-test', body);
      expect(response.statusCode, response.body).toBe(202);
      return response.json().run;
    },
    /** The run once it is over. */
    async finished({ runId }: Run): Promise<Run> {
      await until(async () => (await run(runId)).finishedAt !== null);
      return run(runId);
    },
    session: async () => (await visitor.request('/session', { token })).json(),
    async events(runId: string, lastEventId?: number): Promise<RunEvent[]> {
      const headers = lastEventId === undefined ? undefined : { 'last-event-id': String(lastEventId) };
      const response = await visitor.request(`/batch-test/${runId}/events`, { token, headers });
      return readEvents(response.body);
    },
    reconfigure: () =>
      visitor.request('/configure', {
        method: 'POST',
        token,
        body: { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-again', modelId: 'model-a' },
      }),
  };
}

function readEvents(body: string): RunEvent[] {
  return body
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const { id, event, data } = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const payload = JSON.parse(data!) as RunEvent;
      expect({ id, event }).toEqual({ id: String(payload.seq), event: payload.type });
      return payload;
    });
}

const refusal = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
];
const numbers = (rows: Row[]) => rows.map(({ number }) => number);

describe('a run', () => {
  it('runs a suite to its end, and deletes the key with it', async () => {
    const { start, finished, session } = await connect(obedient);
    const { suites } = (await obedient.visitor().request('/suites')).json();
    const started = await start({ suiteId: suites[0].id, concurrency: 3 });
    expect(started).toMatchObject({ status: 'running', suiteId: suites[0].id, concurrency: 3, results: [] });
    const run = await finished(started);
    const total = suites[0].prompts.length;
    expect(run).toMatchObject({ status: 'completed', modelId: 'model-a', total, completed: total, failed: 0 });
    expect(run.results.map(({ number, category, prompt }) => ({ number, category, prompt }))).toEqual(
      suites[0].prompts,
    );
    const after = await session();
    expect(after).toMatchObject({ promptsLeft: 20 - total, credentials: { stored: false }, run: { runId: run.runId } });
    expect(after.credentials.deletedAt).toMatch(/Z$/);
  });

  it('keeps prompts in their order and their categories, and what went wrong with each', async () => {
    const { start, finished } = await connect(obedient);
    const started = await start({
      prompts: [{ prompt: 'one', category: 'greeting' }, { prompt: 'server error' }, { prompt: 'nul \0 and \ud800' }],
    });
    const { results } = await finished(started);
    expect(results).toMatchObject([
      { number: 1, category: 'greeting', status: 'ok', response: 'On one.', error: null, attempts: 1 },
      {
        number: 2,
        category: 'uncategorised',
        status: 'error',
        response: null,
        error: { type: 'server_error' },
        latencyMs: null,
      },
      { number: 3, prompt: 'nul  and \ufffd', status: 'ok' },
    ]);
  });

  it('ends early on an error that would meet every prompt, and gives the unsent prompts back', async () => {
    const { start, finished, session } = await connect(obedient);
    const run = await finished(await start({ ...own('one', 'key refused', 'three', 'four'), concurrency: 1 }));
    expect(run).toMatchObject({ status: 'completed', completed: 1, failed: 1 });
    expect(run.results.slice(2)).toMatchObject([
      { number: 3, status: 'cancelled', attempts: 0, error: { type: 'auth' }, startedAt: null },
      { number: 4, status: 'cancelled', attempts: 0, error: { type: 'auth' }, startedAt: null },
    ]);
    expect(await session()).toMatchObject({ promptsLeft: 18, credentials: { stored: false } });
  });

  it('tells its events in order, the same again to whoever asks later', async () => {
    const { start, finished, events } = await connect(obedient);
    const started = await start({ ...own('one', 'two'), concurrency: 1 });
    const live = await events(started.runId);
    const run = await finished(started);
    expect(live.map(({ seq }) => seq)).toEqual(live.map((_, index) => index + 1));
    expect(live[0]).toEqual({ type: 'run.started', seq: 1, run: started });
    expect(live.at(-1)).toEqual({ type: 'run.finished', seq: 6, run });
    expect(
      live
        .map(({ type }) => type)
        .slice(1, -1)
        .sort(),
    ).toEqual(['prompt.finished', 'prompt.finished', 'prompt.started', 'prompt.started']);
    expect(await events(started.runId)).toEqual(live);
    expect(await events(started.runId, 3)).toEqual(live.slice(3));
  });

  it('tells until when a prompt waits to be asked again, the same to whoever asks later', async () => {
    let calls = 0;
    const model = modelThat(async () => {
      calls += 1;
      return calls === 1 ? outcome('rate_limited', { retry: { afterMs: 300 } }) : outcome(null);
    });
    const test = await openTestApp({ edges: { modelClient: model } });
    try {
      const { start, events } = await connect(test);
      const { runId, startedAt } = await start(own('one'));
      const live = await events(runId);
      const waiting = live.find((event) => event.type === 'prompt.waiting');
      expect(waiting).toMatchObject({ seq: 3, number: 1 });
      expect(Date.parse(waiting!.until)).toBeGreaterThanOrEqual(Date.parse(startedAt!) + 300);
      expect(await events(runId)).toEqual(live);
    } finally {
      await test.close();
    }
  });

  it('tells a page that comes later which prompts are in flight, and which of them wait', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    try {
      const { start, finished, run, session, events } = await connect(test);
      const started = await start({ ...own('one', 'two', 'three'), concurrency: 2 });
      expect(started.inFlight).toEqual([]);
      await until(() => model.asked.length === 2);
      const inFlight = [1, 2].map((number) => ({ number, until: null as string | null }));
      expect((await run(started.runId)).inFlight).toEqual(inFlight);
      await model.answer('one', outcome('rate_limited', { retry: { afterMs: 1_000 } }));
      await until(async () => (await run(started.runId)).inFlight[0]!.until !== null);
      const waits = (await session()).run.inFlight;
      await model.answer('two');
      await model.answer('one');
      await model.answer('three');
      expect((await finished(started)).inFlight).toEqual([]);
      const waiting = (await events(started.runId)).find((event) => event.type === 'prompt.waiting');
      expect(waits).toEqual([{ number: 1, until: waiting!.until }, inFlight[1]]);
    } finally {
      await test.close();
    }
  });

  it('refuses a Last-Event-ID that is no number', async () => {
    const { start, finished, visitor, token } = await connect(obedient);
    const { runId } = await finished(await start(own('one')));
    const headers = { 'last-event-id': 'abc' };
    const response = await visitor.request(`/batch-test/${runId}/events`, { token, headers });
    expect(refusal(response)).toEqual([400, 'invalid_request']);
  });

  it.each([
    [{}, 'suiteId'],
    [{ suiteId: 'a', prompts: [{ prompt: 'b' }] }, 'suiteId'],
    [{ suiteId: 'no-such-suite' }, 'suiteId'],
    [{ prompts: [{ prompt: ' \n ' }] }, 'prompts.0.prompt'],
    [{ prompts: [{ prompt: 'b' }], numbers: [1] }, 'numbers'],
    [{ prompts: [{ prompt: 'b' }], concurrency: 11 }, 'concurrency'],
    [{ prompts: [{ prompt: 'b' }], maxTokens: 0 }, 'maxTokens'],
    [{ prompts: [{ prompt: 'x'.repeat(8_001) }] }, 'prompts.0.prompt'],
  ])('refuses %j, naming %s', async (body, field) => {
    const { post } = await connect(obedient);
    const response = await post('/batch-test', body);
    expect(response.json()).toMatchObject({ status: 400, code: 'invalid_request', field });
  });

  it('reserves prompts all or none', async () => {
    const { post, start, finished, reconfigure, session } = await connect(obedient);
    const tooMany = await post('/batch-test', own(...Array(21).fill('again')));
    expect(tooMany.json()).toMatchObject({ status: 422, code: 'prompt_limit', promptsLeft: 20 });
    await finished(await start(own(...Array(19).fill('again'))));
    await reconfigure();
    expect((await post('/batch-test', own('a', 'b'))).json()).toMatchObject({ code: 'prompt_limit', promptsLeft: 1 });
    await finished(await start(own('a')));
    expect((await session()).promptsLeft).toBe(0);
  });

  it('is refused without a key', async () => {
    const { post, start, finished } = await connect(obedient);
    await finished(await start(own('one')));
    expect(refusal(await post('/batch-test', own('two')))).toEqual([409, 'credentials_deleted']);
  });

  it('is nobody else’s: another session can neither see, cancel, follow nor resume it', async () => {
    const mine = await connect(obedient);
    const run = await mine.finished(await mine.start(own('one')));
    const other = await connect(obedient);
    const get = (path: string) => other.visitor.request(path, { token: other.token });
    for (const id of [run.runId, crypto.randomUUID(), 'not-an-id']) {
      expect(refusal(await get(`/batch-test/${id}`))).toEqual([404, 'not_found']);
      expect(refusal(await get(`/batch-test/${id}/events`))).toEqual([404, 'not_found']);
      expect(refusal(await other.post(`/batch-test/${id}/cancel`))).toEqual([404, 'not_found']);
      expect(refusal(await other.post('/batch-test', { resume: id }))).toEqual([404, 'not_found']);
    }
  });
});

describe('a run while it goes on', () => {
  it('is one at a time, however many are started at once', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    const { post, session } = await connect(test);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/batch-test', own('a', 'b'))));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, ...Array(7).fill(409)]);
    expect(answers.filter(({ statusCode }) => statusCode === 409).map((answer) => answer.json().code)).toEqual(
      Array(7).fill('run_in_progress'),
    );
    expect((await session()).promptsLeft).toBe(18);
    await model.answer('a');
    await model.answer('b');
    await test.close();
  });

  it('shows the rows that have finished', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    const { start, run } = await connect(test);
    const { runId } = await start({ ...own('a', 'b', 'c'), concurrency: 2 });
    await model.answer('b');
    await until(async () => (await run(runId)).completed === 1);
    expect(await run(runId)).toMatchObject({ status: 'running', total: 3, finishedAt: null, results: [{ number: 2 }] });
    await model.answer('a');
    await model.answer('c');
    await test.close();
  });

  it('keeps what has finished when it is cancelled, and gives back what was never sent', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    const { start, run, post, session, events } = await connect(test);
    const { runId } = await start({ ...own('a', 'b', 'c', 'd'), concurrency: 2 });
    await model.answer('a');
    await until(async () => (await run(runId)).completed === 1);
    await until(() => model.asked.length === 3);
    const response = await post(`/batch-test/${runId}/cancel`);
    expect(response.statusCode).toBe(200);
    const cancelled: Run = response.json();
    expect(cancelled).toMatchObject({ status: 'cancelled', completed: 1, failed: 0 });
    expect(cancelled.results.map(({ status, attempts, error }) => [status, attempts, error?.type])).toEqual([
      ['ok', 1, undefined],
      ['cancelled', 1, 'cancelled'],
      ['cancelled', 1, 'cancelled'],
      ['cancelled', 0, 'cancelled'],
    ]);
    expect(await session()).toMatchObject({ promptsLeft: 17, credentials: { stored: false } });
    expect((await post(`/batch-test/${runId}/cancel`)).json()).toEqual(cancelled);
    expect((await events(runId)).at(-1)).toMatchObject({ type: 'run.finished', run: cancelled });
    await test.close();
  });

  it('resumes what a cancelled run left, or the prompts that are named, with their numbers and its settings', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    const visitor = await connect(test);
    const first = await visitor.start({
      ...own('a', 'b', 'c'),
      concurrency: 1,
      maxTokens: 7,
      systemPrompt: 'Be brief.',
    });
    await model.answer('a');
    await until(() => model.asked.length === 2);
    await visitor.post(`/batch-test/${first.runId}/cancel`);
    expect(refusal(await visitor.post('/batch-test', { resume: first.runId }))).toEqual([409, 'credentials_deleted']);
    await visitor.reconfigure();
    const unknown = await visitor.post('/batch-test', { resume: first.runId, numbers: [4] });
    expect(unknown.json()).toMatchObject({ code: 'invalid_request', field: 'numbers' });

    const second = await visitor.start({ resume: first.runId });
    expect(second).toMatchObject({ total: 2, concurrency: 1 });
    expect(refusal(await visitor.post('/batch-test', { resume: second.runId }))).toEqual([409, 'run_in_progress']);
    // The answer is for this call of the prompt, not for the one that was cut off.
    await until(() => model.asked.length === 3);
    await model.answer('b');
    await model.answer('c');
    expect(numbers((await visitor.finished(second)).results)).toEqual([2, 3]);
    await visitor.reconfigure();
    const nothing = await visitor.post('/batch-test', { resume: second.runId });
    expect(nothing.json()).toMatchObject({ code: 'invalid_request', field: 'resume' });

    const third = await visitor.start({ resume: first.runId, numbers: [3, 1, 3] });
    await model.answer('a');
    await model.answer('c');
    expect(numbers((await visitor.finished(third)).results)).toEqual([1, 3]);
    expect((await visitor.session()).promptsLeft).toBe(20 - 2 - 2 - 2);
    const stored = await test.database.prisma.demoBatchTestRun.findUnique({ where: { id: third.runId } });
    expect(stored).toMatchObject({ maxTokens: 7, systemPrompt: 'Be brief.' });
    await test.close();
  });

  it('stops at once when its session is deleted, and leaves nothing behind', async () => {
    const model = patientModel();
    const test = await openTestApp({ edges: { modelClient: model.client } });
    const { start, post, sessionId } = await connect(test);
    const { runId } = await start(own('a', 'b'));
    await until(() => model.asked.length === 2);
    expect((await post('/cleanup')).json()).toMatchObject({ deleted: { runs: 1, results: 2, modelConfigs: 1 } });
    await test.close();
    const { prisma } = test.database;
    expect(await prisma.demoBatchTestResult.count({ where: { runId } })).toBe(0);
    expect(await prisma.demoRunEvent.count({ where: { sessionId } })).toBe(0);
    expect(test.logs()).not.toContain('a run failed');
  });

  it('is interrupted, not failed, by a defect in the way to the model', async () => {
    const modelClient = modelThat(() => Promise.reject(new Error('a defect')));
    const test = await openTestApp({ edges: { modelClient } });
    const { start, finished } = await connect(test);
    const run = await finished(await start(own('a', 'b')));
    expect(run).toMatchObject({ status: 'interrupted', completed: 0, failed: 0 });
    expect(run.results.map(({ error }) => error?.type)).toEqual(['interrupted', 'interrupted']);
    expect(test.logs()).toContain('a run failed');
    await test.close();
  });
});
