import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { createApiClient } from './api-client.js';
import type { Update } from './feed/transport.js';
import { RunSocket } from './run-socket.js';
import type { Link } from './state.js';
import { TOKEN } from './testing/fake-api.js';
import { API_URL, useFakeApi } from './testing/visitor.js';

const sees = (what: () => unknown) => waitUntil(what, 'it did not happen', { timeout: 8_000, interval: 10 });

describe('run events', () => {
  const api = useFakeApi();
  let feed: RunSocket;
  let updates: Update[];
  let links: Link['status'][];
  let runId: string | null;

  const open = () => {
    updates = [];
    links = [];
    feed = new RunSocket({
      api: createApiClient({ apiUrl: API_URL, token: () => TOKEN }),
      token: () => TOKEN,
      activeRun: () => runId,
      onUpdate: (update) => updates.push(update),
      onLink: ({ status }) => links.push(status),
    });
    feed.open();
  };
  const numbers = () => updates.flatMap((update) => (update.type === 'event' ? [update.event.seq] : []));

  beforeEach(() => {
    runId = null;
    api().begin();
  });
  afterEach(() => feed.close());

  it('begin with a snapshot', async () => {
    open();
    await sees(() => updates[0]?.type === 'ready');
    expect(links).to.deep.equal(['live']);
  });

  it('go on after a lost connection, without gap or repeat', async () => {
    open();
    await sees(() => links.includes('live'));
    api().publish({ type: 'prompt.started', number: 1 });
    api().sockets[0]!.close();
    await sees(() => api().openSockets === 1);
    expect(api().sockets[1]!.sent[0]).to.include({ type: 'hello', after: 1 });
    api().seq = 0;
    api().publish({ type: 'prompt.started', number: 1 });
    api().publish({ type: 'prompt.started', number: 2 });
    await sees(() => numbers().length === 2);
    expect(numbers()).to.deep.equal([1, 2]);
    expect(links).to.deep.equal(['live', 'reconnecting', 'live']);
  });

  it('come back at once when the machine is online again', async () => {
    open();
    await sees(() => links.includes('live'));
    api().offline = true;
    api().sockets[0]!.close();
    await aTimeout(700);
    api().offline = false;
    const before = api().sockets.length;
    window.dispatchEvent(new Event('online'));
    await aTimeout(30);
    expect(api().sockets.length).to.be.greaterThan(before);
  });

  it('are live again with the network where the connection has outlasted its absence', async () => {
    open();
    await sees(() => links.includes('live'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    expect(links).to.deep.equal(['live', 'offline', 'live']);
    expect(api().sockets.length).to.equal(1);
  });

  it('stay away once newer pages have crowded them out, until this page is looked at again', async () => {
    open();
    await sees(() => links.includes('live'));
    api().sockets[0]!.close(4429);
    await aTimeout(700);
    expect(links).to.deep.equal(['live', 'crowded']);
    document.dispatchEvent(new Event('visibilitychange'));
    await sees(() => api().openSockets === 1);
    expect(links).to.deep.equal(['live', 'crowded', 'live']);
  });

  it('say that the session has ended when the token is refused', async () => {
    open();
    await sees(() => links.includes('live'));
    api().session = null;
    api().sockets[0]!.close();
    await sees(() => updates.some(({ type }) => type === 'session.ended'));
  });

  it('arrive as server-sent events where no socket gets through', async () => {
    api().socketsRefused = true;
    api().stream = [
      ': comment\n\nid: 1\nevent: prompt.started\ndata: {"type":"prompt.started","seq":1,"num',
      'ber":1}\n\nid: 2\r\ndata: {"type":"prompt.started","seq":2,"number":2}\r\n\r\n',
    ];
    runId = 'r1';
    open();
    await sees(() => numbers().length === 2);
    expect(numbers()).to.deep.equal([1, 2]);
    expect(api().asked('/batch-test/r1/events')[0]!.headers.get('Last-Event-ID')).to.equal('0');
  });

  it('are polled for where the policy of the page forbids sockets', async () => {
    api().socketsForbidden = true;
    runId = 'r1';
    open();
    await sees(() => updates.some(({ type }) => type === 'snapshot'));
    expect(api().asked('/batch-test/r1').length).to.be.greaterThan(0);
  });

  it('are polled for where nothing streams', async () => {
    api().socketsRefused = true;
    runId = 'r1';
    open();
    await sees(() => updates.some(({ type }) => type === 'snapshot'));
    expect(api().asked('/batch-test/r1').length).to.be.greaterThan(0);
  });

  it('leave no socket and no timer behind', async () => {
    open();
    await sees(() => links.includes('live'));
    feed.close();
    await aTimeout(700);
    expect(api().openSockets).to.equal(0);
    expect(api().sockets.length).to.equal(1);
  });
});
