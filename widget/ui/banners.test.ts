import { aTimeout, expect } from '@open-wc/testing';
import { TOKEN } from '../testing/fake-api.js';
import { useFakeApi, Visitor } from '../testing/visitor.js';

describe('what concerns the whole visit', () => {
  const api = useFakeApi();
  const says = (visitor: Visitor, text: string) => visitor.sees(() => visitor.text.includes(text), `“${text}”`);
  const isSilentAbout = (visitor: Visitor, text: string) =>
    visitor.sees(() => !visitor.text.includes(text), `silence about “${text}”`);

  it('is a lost connection, which heals itself', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    api().offline = true;
    api().sockets[0]!.close();
    await says(visitor, 'The connection was lost.');
    api().offline = false;
    await visitor.press('Reconnect Now');
    await isSilentAbout(visitor, 'The connection was lost.');
    api().finishPrompt();
    await says(visitor, '1 of 10');
    expect(api().asked('/batch-test').length).to.equal(1);
  });

  it('is being open too often, until the visitor wants this page to be the one', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    api().sockets[0]!.close(4429);
    await says(visitor, 'Too many connections are open.');
    await aTimeout(700);
    expect(api().openSockets).to.equal(0);
    await visitor.press('Reconnect Now');
    await isSilentAbout(visitor, 'Too many connections are open.');
    expect(api().openSockets).to.equal(1);
  });

  it('is being offline', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    window.dispatchEvent(new Event('offline'));
    await says(visitor, 'You are offline.');
  });

  it('is silent about a socket that never got through', async () => {
    api().socketsRefused = true;
    const visitor = await Visitor.arrive();
    await visitor.toRun();
    await aTimeout(100);
    expect(visitor.text).not.to.contain('The connection was lost.');
  });

  it('is the session’s end, five minutes ahead', async () => {
    api().begin({ expiresAt: new Date(Date.now() + 290_000).toISOString() });
    sessionStorage.setItem(
      'ftl-atlas-demo:https://demo.example:under-test',
      JSON.stringify({ token: TOKEN, step: 'connect', domain: 'customer_support', suiteId: null }),
    );
    const visitor = await Visitor.arrive();
    await says(visitor, 'This session ends at');
  });

  it('is a session that was ended elsewhere', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRun();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    api().sockets[0]!.receive({ type: 'session.ended', reason: 'cleanup' });
    await says(visitor, 'The data were deleted from another tab.');
    expect(sessionStorage.length).to.equal(0);
  });
});
