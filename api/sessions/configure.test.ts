import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../testing/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test.close());

describe('POST /configure', () => {
  it('opens a session that its token leads to', async () => {
    const visitor = test.visitor();
    const opened = await visitor.configure({ endpointUrl: 'https://model.example.com/v1/' });
    expect(opened.model).toEqual({ endpointUrl: 'https://model.example.com/v1', modelId: 'model-a' });
    const session = await visitor.request('/session', { token: opened.sessionToken });
    expect(session.statusCode).toBe(200);
    expect(session.json()).toMatchObject({
      sessionId: opened.sessionId,
      expiresAt: opened.expiresAt,
      credentials: { stored: true, deletedAt: null },
      promptsLeft: 20,
      questionsLeft: 200,
      run: null,
      messages: [],
    });
  });
});
