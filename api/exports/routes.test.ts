import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';
import { modelThat, patientModel, until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import type { Run } from '../contract/row.js';

const FORMATS = [
  ['csv', 'text/csv; charset=utf-8', '\ufeffnumber,'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ['json', 'application/json; charset=utf-8', '{'],
  ['pdf', 'application/pdf', '%PDF-'],
] as const;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({
    edges: { modelClient: modelThat(async ({ prompt }) => outcome(null, { text: `=1+1 on ${prompt}` })) },
  });
});
afterAll(() => app.close());

async function connect(test: TestApp) {
  const visitor = test.visitor();
  const { sessionToken: token } = await visitor.configure();
  const get = (path: string) => visitor.request(path, { token });
  const start = async (prompts: string[]): Promise<Run> => {
    const body = { prompts: prompts.map((prompt) => ({ prompt })) };
    const response = await visitor.request('/batch-test', { method: 'POST', token, body });
    expect(response.statusCode, response.body).toBe(202);
    return response.json().run;
  };
  const finished = async ({ runId }: Run): Promise<Run> => {
    await until(async () => (await get(`/batch-test/${runId}`)).json().finishedAt !== null);
    return (await get(`/batch-test/${runId}`)).json();
  };
  return { visitor, token, get, start, finished };
}

describe('GET /export', () => {
  test.each(FORMATS)('answers %s with its type, a plain name and the file', async (format, type, start) => {
    const visit = await connect(app);
    await visit.finished(await visit.start(['one', 'two']));
    const response = await visit.get(`/export?format=${format}`);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe(type);
    expect(response.headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="atlas-own-model-a-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`),
    );
    expect(response.rawPayload.toString('utf8').startsWith(start)).toBe(true);
  });

  test('gives the rows as the API does, and nothing of the key or the token', async () => {
    const visit = await connect(app);
    const run = await visit.finished(await visit.start(['one']));
    const response = await visit.get('/export?format=json');
    const { session, run: facts, results } = response.json();
    expect({ ...facts, results }).toEqual(run);
    expect(session.model).toEqual({ endpointUrl: 'https://model.example.com/v1', modelId: 'model-a' });
    expect(response.body).not.toContain('sk-test');
    expect(response.body).not.toContain(visit.token);
  });

  test('is about the latest run, or about the one that is named', async () => {
    const visit = await connect(app);
    const first = await visit.finished(await visit.start(['first']));
    await visit.visitor.request('/configure', {
      method: 'POST',
      token: visit.token,
      body: { endpointUrl: 'https://other.example.com/v1', apiKey: 'sk-again', modelId: 'model-b' },
    });
    await visit.finished(await visit.start(['second']));
    expect((await visit.get('/export?format=csv')).body).toContain('second');
    const earlier = (await visit.get(`/export?format=json&runId=${first.runId}`)).json();
    expect(earlier.results[0].prompt).toBe('first');
    expect(earlier.session.model.modelId).toBe('model-a');
  });

  test('refuses before there is a result, a strange format, a strange run and a stranger', async () => {
    const visit = await connect(app);
    const empty = await visit.get('/export?format=csv');
    expect([empty.statusCode, empty.json().code]).toEqual([409, 'no_results']);
    const strange = await visit.get('/export?format=exe');
    expect([strange.statusCode, strange.json().code]).toEqual([400, 'invalid_request']);
    const stranger = await app.visitor().request('/export?format=csv');
    expect([stranger.statusCode, stranger.json().code]).toEqual([401, 'session_invalid']);

    const other = await connect(app);
    const run = await other.finished(await other.start(['secret']));
    for (const runId of [run.runId, 'nonsense']) {
      const foreign = await visit.get(`/export?format=csv&runId=${runId}`);
      expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'not_found']);
    }
  });

  test('gives what there is while a run goes on, and marks it', async () => {
    const model = patientModel();
    const patient = await openTestApp({ edges: { modelClient: model.client } });
    const visit = await connect(patient);
    const run = await visit.start(['one', 'two']);
    expect((await visit.get('/export?format=csv')).json().code).toBe('no_results');
    await model.answer('one');
    await until(async () => (await visit.get(`/batch-test/${run.runId}`)).json().results.length === 1);
    const partial = await visit.get('/export?format=json');
    expect(partial.headers['content-disposition']).toContain('-partial.json');
    expect(partial.json()).toMatchObject({ run: { status: 'running', total: 2 }, results: [{ number: 1 }] });
    await model.answer('two');
    await visit.finished(run);
    await patient.close();
  });

  test('makes one file of a kind at a time for a session, whatever it asks for; others are served', async () => {
    const [greedy, other] = [await connect(app), await connect(app)];
    for (const visit of [greedy, other]) await visit.finished(await visit.start(['one']));
    const asked = Array.from({ length: 6 }, () => greedy.get('/export?format=pdf'));
    const served = await Promise.all([other.get('/export?format=pdf'), greedy.get('/export?format=xlsx')]);
    expect(served.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const responses = await Promise.all(asked);
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([200, 503, 503, 503, 503, 503]);
    const refused = responses.find(({ statusCode }) => statusCode === 503)!;
    expect(refused.json()).toMatchObject({ code: 'busy', detail: expect.stringContaining('being made already') });
    expect(refused.headers['retry-after']).toBe('5');
    expect((await greedy.get('/export?format=pdf')).statusCode).toBe(200);
  });
});
