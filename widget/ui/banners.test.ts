import { aTimeout, expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { Session } from '../../api/contract/session.js';
import { run } from '../testing/conversation.js';
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

  it('stays in sight wherever the visitor has scrolled to', async () => {
    await setViewport({ width: 320, height: 600 });
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    window.dispatchEvent(new Event('offline'));
    await says(visitor, 'You are offline.');
    visitor.button('Cancel Run')!.scrollIntoView({ block: 'end' });
    const { top, bottom } = visitor.one('.notice').getBoundingClientRect();
    await setViewport({ width: 800, height: 600 });
    expect(top).to.be.within(0, 40);
    expect(bottom).to.be.below(300);
  });

  it('is silent about a socket that never got through', async () => {
    api().socketsRefused = true;
    const visitor = await Visitor.arrive();
    await visitor.toRun();
    await aTimeout(100);
    expect(visitor.text).not.to.contain('The connection was lost.');
  });

  const aboutToEnd = async (session: Partial<Session>, step: string) => {
    api().begin({ expiresAt: new Date(Date.now() + 290_000).toISOString(), ...session });
    sessionStorage.setItem(
      'ftl-atlas-demo:https://demo.example:under-test#0',
      JSON.stringify({ token: TOKEN, step, domain: 'customer_support', suiteId: null }),
    );
    const visitor = await Visitor.arrive();
    await says(visitor, 'This session ends at');
    return visitor;
  };

  it('is the session’s end, five minutes ahead', async () => {
    const visitor = await aboutToEnd({}, 'connect');
    expect(visitor.button('Download CSV')).to.equal(undefined);
  });

  it('is the session’s end, with every file to take away where there are results', async () => {
    const visitor = await aboutToEnd({ run }, 'atlas');
    for (const name of ['Download PDF Report', 'Download CSV', 'Download Excel', 'Download JSON'])
      expect(visitor.button(name), name).to.be.ok;
    await expect(await visitor.atRest()).to.be.accessible();
    await visitor.press('Download CSV');
    await says(visitor, 'Saved: results.csv');
    await visitor.press('Continue');
    await visitor.reaches('Take your results with you');
    expect(visitor.all('button').filter(({ textContent }) => textContent?.trim() === 'Download CSV').length).to.equal(
      1,
    );
  });

  it('is announced once, without its countdown, in the one status region', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    expect(visitor.all('[role=status]').length).to.equal(1);
    const region = visitor.one('[role=status]');
    const heard: string[] = [];
    const observer = new MutationObserver(() => region.textContent && heard.push(region.textContent));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    api().offline = true;
    api().sockets[0]!.close();
    await says(visitor, 'The connection was lost.');
    await aTimeout(2_200);
    observer.disconnect();
    expect(heard).to.deep.equal(['The connection was lost.']);
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
