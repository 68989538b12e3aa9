import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreeableModelClient, openTestApp, type TestApp } from '../../testing/app.js';
import { disguisesOf, dumpDatabase } from '../../testing/rows.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test.close());

const prisma = () => test.database.prisma;

/** A session with a run, two results, an event and two messages. */
async function fillSession(sessionId: string): Promise<void> {
  const run = await prisma().demoBatchTestRun.create({
    data: { sessionId, status: 'completed', endpointUrl: 'x', modelId: 'm', concurrency: 1, maxTokens: 1, total: 2 },
  });
  const prompts = [1, 2].map((number) => ({ runId: run.id, number, prompt: `prompt ${number}` }));
  await prisma().demoBatchTestResult.createMany({ data: prompts });
  await prisma().demoRunEvent.create({ data: { sessionId, seq: 1, runId: run.id, type: 'run.started' } });
  const message = { sessionId, runId: run.id, answer: {}, conversation: {} };
  await prisma().demoAtlasMessage.createMany({ data: [message, message] });
}

describe('POST /cleanup', () => {
  it('deletes all of the session, and says what', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    await fillSession(sessionId);
    const response = await visitor.request('/cleanup', { method: 'POST', token: sessionToken });
    expect(response.statusCode).toBe(200);
    const receipt = response.json();
    expect(receipt).toEqual({
      credentialsDeletedAt: receipt.deletedAt,
      deletedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      deleted: { modelConfigs: 1, runs: 1, results: 2, messages: 2 },
    });
    expect(await dumpDatabase(test.database)).not.toContain(sessionId);
    expect((await visitor.request('/session', { token: sessionToken })).statusCode).toBe(401);
    expect((await visitor.request('/cleanup', { method: 'POST', token: sessionToken })).statusCode).toBe(401);
  });

  it('repeats when a run had deleted the key before', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    const credentialsDeletedAt = new Date('2026-01-02T03:04:05.678Z');
    await prisma().demoModelConfig.delete({ where: { sessionId } });
    await prisma().demoSession.update({ where: { id: sessionId }, data: { credentialsDeletedAt } });
    const response = await visitor.request('/cleanup', { method: 'POST', token: sessionToken });
    expect(response.json()).toMatchObject({
      credentialsDeletedAt: credentialsDeletedAt.toISOString(),
      deleted: { modelConfigs: 0 },
    });
  });

  it('takes an empty body that calls itself JSON', async () => {
    const visitor = test.visitor();
    const { sessionToken } = await visitor.configure();
    const headers = { 'content-type': 'application/json' };
    const response = await visitor.request('/cleanup', { method: 'POST', token: sessionToken, headers });
    expect(response.statusCode).toBe(200);
  });

  it('leaves other sessions as they are', async () => {
    const [leaving, staying] = [test.visitor(), test.visitor()];
    const gone = await leaving.configure();
    const kept = await staying.configure();
    await fillSession(kept.sessionId);
    const before = await staying.request('/session', { token: kept.sessionToken });
    await leaving.request('/cleanup', { method: 'POST', token: gone.sessionToken });
    const after = await staying.request('/session', { token: kept.sessionToken });
    expect(after.json()).toEqual(before.json());
  });
});

describe('a session', () => {
  it.each(['/session', '/cleanup'])('is closed to %s without its token', async (path) => {
    const method = path === '/cleanup' ? 'POST' : 'GET';
    const visitor = test.visitor();
    const { sessionId } = await visitor.configure();
    const headers: Record<string, string>[] = [
      {},
      { authorization: 'Basic YTpi' },
      { authorization: `Bearer ${sessionId}` },
      { authorization: '' },
    ];
    for (const header of headers) {
      const response = await visitor.request(path, { method, headers: header });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.json()).toMatchObject({ code: 'session_invalid', status: 401 });
    }
  });

  it('says that no key is stored where the master key has changed since', async () => {
    const other = await openTestApp();
    const visitor = other.visitor();
    const { sessionToken } = await visitor.configure();
    await other.close();
    const response = await test.visitor().request('/session', { token: sessionToken });
    expect(response.json().credentials).toEqual({ stored: false, deletedAt: null });
  });

  it('ends on time by the database’s clock, and is gone within 5 s after', async () => {
    const brief = await openTestApp({ env: { SESSION_TTL_SECONDS: '1' } });
    const visitor = brief.visitor();
    const { sessionId, sessionToken, expiresAt } = await visitor.configure();
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 1_000)).toBeLessThan(1_000);
    await fillSession(sessionId);
    await sleep(Date.parse(expiresAt) - Date.now() + 50);
    expect((await visitor.request('/session', { token: sessionToken })).statusCode).toBe(401);
    expect((await visitor.request('/cleanup', { method: 'POST', token: sessionToken })).statusCode).toBe(401);
    await visitor.configure();
    await sleep(3_000);
    expect(await dumpDatabase(brief.database)).not.toContain(sessionId);
    await brief.close();
  });
});

describe('a visitor’s key and token', () => {
  it('are in no answer, log line or table, in whatever form', async () => {
    const key = 'sk-canary+9f/1c=key';
    const fails = { ok: false, error: { type: 'connection', message: 'x', httpStatus: null }, hint: 'y' } as const;
    const cautious = await openTestApp({ env: { LOG_LEVEL: 'trace' } });
    const failing = await openTestApp({
      env: { LOG_LEVEL: 'trace' },
      edges: {
        modelClient: {
          ...agreeableModelClient,
          test: async ({ modelId, apiKey }) => {
            if (modelId === 'throws') throw new Error(`upstream said ${apiKey}`, { cause: { apiKey } });
            return fails;
          },
        },
      },
    });
    const visitor = cautious.visitor();
    const target = { endpointUrl: 'https://model.example.com/v1', apiKey: key, modelId: 'm' };
    const post = (app: TestApp, body: object | string, token?: string) =>
      app.visitor().request('/configure', {
        method: 'POST',
        body: body as object,
        token,
        headers: { 'content-type': 'application/json' },
      });

    const opened = await visitor.configure({ apiKey: key });
    const token = opened.sessionToken;
    const answers = [
      await visitor.request('/session', { token }),
      await post(cautious, target, token),
      await post(failing, target),
      await post(failing, { ...target, modelId: 'throws' }),
      await post(cautious, { ...target, endpointUrl: key }),
      await post(cautious, { ...target, modelId: 7 }),
      await post(cautious, { ...target, extra: 'x'.repeat(300_000) }),
      await post(cautious, `{"apiKey": "${key}", `),
      await visitor.request(`/${encodeURIComponent(key)}?key=${encodeURIComponent(key)}`, { token }),
      await visitor.request('/configure', { method: 'POST', body: key, headers: { 'content-type': 'text/plain' } }),
    ];
    const database = await dumpDatabase(cautious.database);
    const logs = cautious.logs() + failing.logs();
    await Promise.all([cautious.close(), failing.close()]);

    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 201, 422, 500, 400, 400, 413, 400, 404, 415]);
    expect(logs).toContain('"route":"/api/demo/v2/configure"');
    const bodies = answers.map(({ body, headers }) => body + JSON.stringify(headers)).join('\n');
    for (const form of disguisesOf(key)) {
      expect(bodies).not.toContain(form);
      expect(logs).not.toContain(form);
      expect(database).not.toContain(form);
    }
    for (const form of disguisesOf(token)) {
      expect(logs).not.toContain(form);
      expect(database).not.toContain(form);
    }
  });
});
