import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreeableModelClient, openTestApp, type TestApp, type Visitor } from '../../testing/app.js';

const TARGET = { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-test', modelId: 'model-a' };

const refusal = {
  ok: false,
  error: { type: 'auth', message: 'The endpoint refused the key.', httpStatus: 401 },
  hint: 'Check the key.',
} as const;

/** Works for every model but `broken`. */
const modelClient: typeof agreeableModelClient = {
  ...agreeableModelClient,
  test: async (target) => (target.modelId === 'broken' ? refusal : agreeableModelClient.test(target)),
};

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp({ edges: { modelClient } });
});
afterAll(() => test.close());

const configure = (visitor: Visitor, body: object, token?: string) =>
  visitor.request('/configure', { method: 'POST', body, token });
const prisma = () => test.database.prisma;
const count = () => prisma().demoSession.count();

const addRun = (sessionId: string, status: 'running' | 'completed') =>
  prisma().demoBatchTestRun.create({
    data: { sessionId, status, endpointUrl: 'x', modelId: 'm', concurrency: 1, maxTokens: 1, total: 1 },
  });

/** As if the visitor had last been heard of so many seconds ago. */
const lastSeen = (sessionId: string, seconds: number) =>
  prisma().demoSession.update({ where: { id: sessionId }, data: { seenAt: new Date(Date.now() - seconds * 1000) } });

describe('POST /configure', () => {
  it('opens a session that its token leads to', async () => {
    const visitor = test.visitor();
    const opened = await visitor.configure({ endpointUrl: 'https://model.example.com/v1/' });
    const session = await visitor.request('/session', { token: opened.sessionToken });
    expect(opened).toMatchObject({
      model: { endpointUrl: 'https://model.example.com/v1', modelId: 'model-a' },
      connection: { latencyMs: 12, firstTokenMs: 5, models: ['model-a'] },
    });
    expect(session.json()).toEqual({
      sessionId: opened.sessionId,
      expiresAt: opened.expiresAt,
      model: opened.model,
      credentials: { stored: true, deletedAt: null },
      promptsLeft: 20,
      questionsLeft: 200,
      run: null,
      messages: [],
    });
  });

  it('takes an empty key, and trims what was pasted', async () => {
    const visitor = test.visitor();
    const opened = await visitor.configure({ apiKey: '', modelId: ' model-a\n' });
    expect(opened.model.modelId).toBe('model-a');
  });

  it.each([
    ['endpointUrl', { endpointUrl: 'model.example.com/v1' }],
    ['endpointUrl', { endpointUrl: 'localhost:8000' }],
    ['endpointUrl', { endpointUrl: 'ftp://model.example.com' }],
    ['endpointUrl', { endpointUrl: 'https://' }],
    ['endpointUrl', { endpointUrl: '' }],
    ['endpointUrl', { endpointUrl: `https://example.com/${'x'.repeat(2_048)}` }],
    ['endpointUrl', { endpointUrl: 7 }],
    ['endpointUrl', { endpointUrl: undefined }],
    ['apiKey', { apiKey: 'two words' }],
    ['apiKey', { apiKey: 'line\r\nX-Injected: 1' }],
    ['apiKey', { apiKey: 'schlüssel' }],
    ['apiKey', { apiKey: 'sk-\u0000nul' }],
    ['apiKey', { apiKey: 'sk-🔑' }],
    ['apiKey', { apiKey: 'k'.repeat(513) }],
    ['apiKey', { apiKey: null }],
    ['modelId', { modelId: '  ' }],
    ['modelId', { modelId: 'a\u0000b' }],
    ['modelId', { modelId: 'half a pair \ud83d' }],
    ['modelId', { modelId: 'm'.repeat(201) }],
    ['modelId', { modelId: ['m'] }],
  ])('refuses a bad %s: %j', async (field, change) => {
    const response = await configure(test.visitor(), { ...TARGET, ...change });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid_request', field });
  });

  it('stores nothing where the test fails, and says why and what to do', async () => {
    const visitor = test.visitor();
    const before = await count();
    const response = await configure(visitor, { ...TARGET, modelId: 'broken' });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'connection_failed',
      reason: 'auth',
      detail: refusal.error.message,
      hint: refusal.hint,
    });
    expect(await count()).toBe(before);
    await visitor.configure();
  });
});

describe('the place of an address', () => {
  it('goes to one of many who ask at once', async () => {
    const visitor = test.visitor();
    const responses = await Promise.all(Array.from({ length: 60 }, () => configure(visitor, TARGET)));
    const codes = responses.map((response) => response.statusCode);
    expect(codes.filter((code) => code === 201)).toHaveLength(1);
    expect(codes.filter((code) => code === 409)).toHaveLength(59);
    const refused = responses.find((response) => response.statusCode === 409)!;
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.json()).toMatchObject({ code: 'session_exists', retryAfterSeconds: seconds });
  });

  it('is shared by an IPv6 /64, and by an IPv4 address however it is written', async () => {
    const from = (address: string) =>
      test.visitor().request('/configure', { method: 'POST', body: TARGET, headers: { 'x-forwarded-for': address } });
    expect((await from('2001:db8:1:1::1')).statusCode).toBe(201);
    expect((await from('2001:db8:1:1:ffff::2')).statusCode).toBe(409);
    expect((await from('2001:db8:1:2::1')).statusCode).toBe(201);
    expect((await from('203.0.113.9')).statusCode).toBe(201);
    expect((await from('::ffff:203.0.113.9')).statusCode).toBe(409);
  });

  it('is free again at once after cleanup', async () => {
    const visitor = test.visitor();
    const { sessionToken } = await visitor.configure();
    await visitor.request('/cleanup', { method: 'POST', token: sessionToken });
    await visitor.configure();
  });

  it('is free a minute after the last sign of life, while the session lives on', async () => {
    const visitor = test.visitor();
    const first = await visitor.configure();
    await lastSeen(first.sessionId, 59);
    expect((await configure(visitor, TARGET)).statusCode).toBe(409);
    await lastSeen(first.sessionId, 61);
    await visitor.configure();
    expect((await visitor.request('/session', { token: first.sessionToken })).statusCode).toBe(200);
  });

  it('is held by any request of the session, and by a run that goes on unattended', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    await lastSeen(sessionId, 61);
    await visitor.request('/session', { token: sessionToken });
    expect((await configure(visitor, TARGET)).statusCode).toBe(409);
    await addRun(sessionId, 'running');
    await lastSeen(sessionId, 600);
    expect((await configure(visitor, TARGET)).statusCode).toBe(409);
  });

  it('comes as often as the operator allows', async () => {
    const several = await openTestApp({ env: { SESSIONS_PER_IP: '2' } });
    const visitor = several.visitor();
    const responses = await Promise.all(Array.from({ length: 5 }, () => configure(visitor, TARGET)));
    await several.close();
    expect(responses.map((response) => response.statusCode).sort()).toEqual([201, 201, 409, 409, 409]);
  });

  it('is known without the address being stored', async () => {
    const visitor = test.visitor();
    const { sessionId } = await visitor.configure();
    const session = await prisma().demoSession.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.addressKey).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(session)).not.toContain(visitor.headers['x-forwarded-for']);
  });
});

describe('POST /configure with a session token', () => {
  it('replaces the model; session, token and expiry stay', async () => {
    const visitor = test.visitor();
    const opened = await visitor.configure();
    const response = await configure(visitor, { ...TARGET, modelId: 'model-b' }, opened.sessionToken);
    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ ...opened, model: { ...opened.model, modelId: 'model-b' } });
    const session = await visitor.request('/session', { token: opened.sessionToken });
    expect(session.json()).toMatchObject({ model: { modelId: 'model-b' }, credentials: { stored: true } });
    expect(await prisma().demoModelConfig.count({ where: { sessionId: opened.sessionId } })).toBe(1);
  });

  it('gives a session a key again after a run has deleted it', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    await prisma().demoModelConfig.delete({ where: { sessionId } });
    await prisma().demoSession.update({ where: { id: sessionId }, data: { credentialsDeletedAt: new Date() } });
    await configure(visitor, TARGET, sessionToken);
    const session = await visitor.request('/session', { token: sessionToken });
    expect(session.json().credentials).toEqual({ stored: true, deletedAt: null });
  });

  it('keeps the old model where the new one fails', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    const sealed = await prisma().demoModelConfig.findUniqueOrThrow({ where: { sessionId } });
    const response = await configure(visitor, { ...TARGET, modelId: 'broken' }, sessionToken);
    expect(response.statusCode).toBe(422);
    expect(await prisma().demoModelConfig.findUniqueOrThrow({ where: { sessionId } })).toEqual(sealed);
  });

  it('is refused during a run, and not after it', async () => {
    const visitor = test.visitor();
    const { sessionId, sessionToken } = await visitor.configure();
    const run = await addRun(sessionId, 'running');
    const during = await configure(visitor, TARGET, sessionToken);
    expect(during.statusCode).toBe(409);
    expect(during.json()).toMatchObject({ code: 'run_in_progress' });
    await prisma().demoBatchTestRun.update({ where: { id: run.id }, data: { status: 'completed' } });
    expect((await configure(visitor, TARGET, sessionToken)).statusCode).toBe(201);
  });

  it('is refused with a token that is not one', async () => {
    for (const token of ['nonsense', 'A'.repeat(43), '']) {
      const response = await configure(test.visitor(), TARGET, token);
      expect(response.statusCode).toBe(401);
      expect(response.json()).toMatchObject({ code: 'session_invalid' });
    }
  });
});
