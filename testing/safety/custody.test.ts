import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelClient } from '../../api/model/client.js';
import { openTestApp, type TestApp } from '../app.js';
import { modelThat, until } from '../model.js';
import { outcome } from '../outcome.js';

const [OLD_KEY, NEW_KEY] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
const PROMPTS = { prompts: [{ prompt: 'Hello?' }] };

/** Where keys were taken to. */
const calledWithKey: { endpointUrl: string; apiKey: string }[] = [];
const model = modelThat(async () => outcome(null));
const modelClient: ModelClient = {
  ...model,
  connect(endpoint) {
    calledWithKey.push({ endpointUrl: endpoint.endpointUrl, apiKey: endpoint.apiKey });
    return model.connect(endpoint);
  },
};

const open = (ENCRYPTION_KEY: string) => openTestApp({ env: { ENCRYPTION_KEY }, edges: { modelClient } });

let test: TestApp;
beforeAll(async () => {
  test = await open(OLD_KEY);
});
afterAll(() => test.close());

async function configured() {
  const visitor = test.visitor();
  const apiKey = `sk-${randomBytes(8).toString('hex')}`;
  const { sessionId, sessionToken: token } = await visitor.configure({ apiKey });
  return { visitor, apiKey, sessionId, token };
}

const start = ({ visitor, token }: Awaited<ReturnType<typeof configured>>) =>
  visitor.request('/batch-test', { method: 'POST', token, body: PROMPTS });

describe('a key in the hands of who can write to the database', () => {
  const hour = 3_600_000;
  const rows = () => test.database.prisma.demoModelConfig;

  it.each([
    ['to another endpoint', { endpointUrl: 'https://evil.example/v1' }],
    ['to another model', { modelId: 'another' }],
    ['beyond its time', { expiresAt: new Date(Date.now() + 2 * hour) }],
  ])('goes to nobody when its row is moved %s', async (_, data) => {
    const visit = await configured();
    await rows().update({ where: { sessionId: visit.sessionId }, data });
    const response = await start(visit);
    expect([response.statusCode, response.json().code]).toEqual([409, 'credentials_deleted']);
    expect(calledWithKey.map(({ apiKey }) => apiKey)).not.toContain(visit.apiKey);
  });

  it('goes to nobody when it is put into another session', async () => {
    const [victim, thief] = [await configured(), await configured()];
    const { apiKeyEncrypted } = await rows().findUniqueOrThrow({ where: { sessionId: victim.sessionId } });
    await rows().update({ where: { sessionId: thief.sessionId }, data: { apiKeyEncrypted } });
    expect((await start(thief)).statusCode).toBe(409);
    expect(calledWithKey.map(({ apiKey }) => apiKey)).not.toContain(victim.apiKey);
  });

  it('is not used once its time is over, though nothing has swept it away', async () => {
    const visit = await configured();
    await rows().update({ where: { sessionId: visit.sessionId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await start(visit)).statusCode).toBe(409);
    expect(calledWithKey.map(({ apiKey }) => apiKey)).not.toContain(visit.apiKey);
  });
});

describe('a key that was sealed before the master key changed', () => {
  it('still opens where the old one is in the ring', async () => {
    const visit = await configured();
    const rotated = await open(`${NEW_KEY},${OLD_KEY}`);
    const response = await rotated.app.inject({
      method: 'POST',
      url: '/api/demo/v2/batch-test',
      payload: PROMPTS,
      headers: { authorization: `Bearer ${visit.token}` },
    });
    expect(response.statusCode).toBe(202);
    await until(() => calledWithKey.some(({ apiKey }) => apiKey === visit.apiKey));
    await rotated.close();
  });

  it('is asked for again where it is not, and the server goes on', async () => {
    const visit = await configured();
    const changed = await open(NEW_KEY);
    const headers = { authorization: `Bearer ${visit.token}` };
    const session = await changed.app.inject({ url: '/api/demo/v2/session', headers });
    expect(session.json().credentials.stored).toBe(false);
    const response = await changed.app.inject({
      method: 'POST',
      url: '/api/demo/v2/batch-test',
      payload: PROMPTS,
      headers,
    });
    expect([response.statusCode, response.json().code]).toEqual([409, 'credentials_deleted']);
    await changed.close();
  });
});
