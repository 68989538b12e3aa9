import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreeableModelClient, openTestApp, type TestApp } from '../../testing/app.js';
import { egressPolicy } from '../../testing/egress-policy.js';
import { until } from '../../testing/model.js';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../../testing/scripted-endpoint.js';
import type { Run } from '../contract/row.js';
import { createEgress } from '../egress/egress.js';
import { createModelClient } from '../model/client.js';

let endpoint: ScriptedEndpoint;
let test: TestApp;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
  const env = { ALLOWED_PRIVATE_ENDPOINTS: endpoint.hostPort, MODEL_TIMEOUT_MS: '3000' };
  test = await openTestApp({ env, edges: { modelClient: undefined } });
});
afterAll(async () => {
  await test.close();
  endpoint.close();
});

/** Runs prompts against the endpoint. @returns the run once it is over, and how often each prompt reached the endpoint */
async function runAgainstEndpoint(prompts: string[], options: object = {}) {
  const visitor = test.visitor();
  const { sessionToken: token } = await visitor.configure({ endpointUrl: endpoint.url, modelId: 'sim' });
  const body = { prompts: prompts.map((prompt) => ({ prompt })), ...options };
  const { run } = (await visitor.request('/batch-test', { method: 'POST', token, body })).json();
  const now = async (): Promise<Run> => (await visitor.request(`/batch-test/${run.runId}`, { token })).json();
  return {
    now,
    token,
    visitor,
    runId: run.runId as string,
    async finished(): Promise<Run> {
      await until(async () => (await now()).finishedAt !== null);
      return now();
    },
    async calls(): Promise<number[]> {
      const requests = await endpoint.requests();
      return prompts.map((prompt) => requests.filter(({ id }) => prompt.startsWith(id)).length);
    },
  };
}

describe('a run against an endpoint that does what it likes', () => {
  it('ends each prompt as it deserves, and counts the calls as the endpoint does', async () => {
    const { finished, calls } = await runAgainstEndpoint([
      'P31 [[ttft=50;total=400]]',
      'P32 [[fault=flaky;fails=1]]',
      'P33 [[fault=http429ms;after=20]]',
      'P34 [[fault=eof-mid]]',
      'P35 [[fault=hang]]',
      'P36 [[finish=length]]',
      'P37 [[fault=empty]]',
      'P38 [[fault=bad-sse]]',
      'P39 [[fault=http503]]',
      'P40 [[fault=http400]]',
    ]);
    const run = await finished();
    expect(run.results.map(({ status, error, attempts }) => [status, error?.type, attempts])).toEqual([
      ['ok', undefined, 1],
      ['ok', undefined, 2],
      ['error', 'rate_limited', 3],
      ['error', 'interrupted', 1],
      ['timeout', 'timeout', 1],
      ['ok', undefined, 1],
      ['ok', undefined, 1],
      ['error', 'invalid_response', 1],
      ['error', 'server_error', 3],
      ['error', 'bad_request', 1],
    ]);
    expect(run).toMatchObject({ status: 'completed', completed: 4, failed: 6 });
    const [answered, , , cut, , long, empty] = run.results;
    expect(answered).toMatchObject({ finishReason: 'stop', truncated: false, outputTokens: 32 });
    expect(answered!.firstTokenMs).toBeGreaterThanOrEqual(45);
    expect(answered!.latencyMs).toBeGreaterThanOrEqual(395);
    expect(cut!.response).toMatch(/^The model answers/);
    expect(cut).toMatchObject({ latencyMs: null, firstTokenMs: null, outputTokens: null, truncated: false });
    expect(long).toMatchObject({ finishReason: 'length', truncated: true });
    expect(empty).toMatchObject({ empty: true });
    // A hanging call is known to the endpoint only once we have closed it.
    await until(async () => (await calls())[4] === 1);
    expect(await calls()).toEqual(run.results.map(({ attempts }) => attempts));
  });

  it('does not send twenty doomed calls with a key that was revoked', async () => {
    const prompts = Array.from(
      { length: 20 },
      (_, index) => `P${50 + index} ${index === 2 ? '[[fault=http401]]' : ''}`,
    );
    const { finished, calls } = await runAgainstEndpoint(prompts, { concurrency: 2 });
    const run = await finished();
    expect(run.results[2]).toMatchObject({ status: 'error', error: { type: 'auth', httpStatus: 401 }, attempts: 1 });
    expect(run.results.slice(5).every(({ error, attempts }) => error?.type === 'auth' && attempts === 0)).toBe(true);
    expect(run.completed).toBeGreaterThanOrEqual(2);
    expect(await calls()).toEqual(run.results.map(({ attempts }) => attempts));
  });

  it('closes the calls in flight when it is cancelled', async () => {
    const { now, finished, runId, visitor, token } = await runAgainstEndpoint(['P80', 'P81 [[fault=hang]]', 'P82'], {
      concurrency: 1,
    });
    await until(async () => (await now()).completed === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await visitor.request(`/batch-test/${runId}/cancel`, { method: 'POST', token });
    expect((await finished()).results.map(({ status }) => status)).toEqual(['ok', 'cancelled', 'cancelled']);
    await until(async () => (await endpoint.requests()).some(({ id, completed }) => id === 'P81' && !completed));
    expect((await endpoint.requests()).some(({ id }) => id === 'P82')).toBe(false);
  });
});

describe('a run whose endpoint’s name leads to a private address since it was connected', () => {
  it('ends early, for a reason that every prompt would meet', async () => {
    const egress = createEgress({ policy: egressPolicy(), resolve: async () => ['10.0.0.5'] });
    const { connect } = createModelClient({ egress, timeoutMs: 5_000 });
    const app = await openTestApp({ edges: { modelClient: { ...agreeableModelClient, connect } } });
    const visitor = app.visitor();
    const { sessionToken: token } = await visitor.configure({ endpointUrl: 'https://model.example.org/v1' });
    const body = { prompts: ['a', 'b', 'c', 'd'].map((prompt) => ({ prompt })), concurrency: 1 };
    const { run } = (await visitor.request('/batch-test', { method: 'POST', token, body })).json();
    const now = async (): Promise<Run> => (await visitor.request(`/batch-test/${run.runId}`, { token })).json();
    await until(async () => (await now()).finishedAt !== null);
    const { status, results } = await now();
    expect(status).toBe('completed');
    expect(results.map(({ status, error }) => [status, error?.type])).toEqual([
      ['error', 'blocked_address'],
      ...Array(3).fill(['cancelled', 'blocked_address']),
    ]);
    await app.close();
  });
});
