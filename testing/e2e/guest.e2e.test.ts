import { type Browser, type CDPSession, chromium, type Page, type WebSocket } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserLaunchOptions } from '../browser.mjs';
import { type Running, startApi, startPage } from './servers.js';

type Site = Awaited<ReturnType<typeof startPage>>;
type Owner = Page | ReturnType<Page['frameLocator']>;

const MOUNTS = 10;
/** What leads to the test step, which has a session and a socket. */
const TO_TEST = ['Start Demo', 'Continue', 'Use the Sample Model', 'Continue'];

let api: Running;
let host: Site;
let browser: Browser;

beforeAll(async () => {
  api = await startApi({
    DATA_DIR: 'memory',
    SESSIONS_PER_IP: '50',
    RATE_LIMIT_PER_MINUTE: '10000',
    LOG_LEVEL: 'warn',
  });
  const policy = `default-src 'none'; script-src ${api.url}; connect-src ${api.url} ${api.url.replace('http', 'ws')}; frame-src ${api.url}`;
  host = await startPage(
    `<!doctype html><html lang="en"><title>Host</title><h1>Host</h1>
     <script type="module" src="${api.url}/widget/ftl-atlas-demo.js"></script></html>`,
    { 'content-security-policy': policy },
  );
  browser = await chromium.launch(await browserLaunchOptions());
});

afterAll(async () => {
  await browser?.close();
  host?.close();
  await api?.stop();
});

/** A page on which the element comes and goes, and what that leaves behind is counted. */
class Guestbook {
  readonly #sockets = new Set<WebSocket>();

  private constructor(
    readonly page: Page,
    readonly isolated: boolean,
    readonly cdp: CDPSession,
  ) {
    page.on('websocket', (socket) => this.#sockets.add(socket));
  }

  static async open(isolated: boolean): Promise<Guestbook> {
    const page = await browser.newPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    // An address of the API's own site: this browser keeps storage from frames of another.
    await page.goto(host.url.replace('127.0.0.1', 'localhost'));
    return new Guestbook(page, isolated, cdp);
  }

  get inside(): Owner {
    return this.isolated ? this.page.frameLocator('iframe') : this.page;
  }

  /** Of the page itself: those of a frame end with it, which nobody is told. */
  get openSockets(): number {
    if (this.isolated) return this.page.frames().length > 1 ? 1 : 0;
    return [...this.#sockets].filter((socket) => !socket.isClosed()).length;
  }

  async mount(): Promise<void> {
    const properties = JSON.stringify({ id: 'guest', domain: 'customer_support', isolated: this.isolated });
    const element = `Object.assign(document.createElement('ftl-atlas-demo'), ${properties})`;
    await this.page.evaluate(`void document.body.append(${element})`);
  }

  async remove(): Promise<void> {
    await this.page.evaluate("document.querySelector('ftl-atlas-demo').remove()");
  }

  async press(name: string): Promise<void> {
    await this.inside.getByRole('button', { name, exact: true }).click({ timeout: 60_000 });
  }

  async sees(heading: string, sockets: number): Promise<void> {
    await this.inside.getByRole('heading', { name: heading }).waitFor({ timeout: 60_000 });
    if (!this.isolated) await expect.poll(() => this.openSockets, { timeout: 10_000 }).toBe(sockets);
  }

  /** Nodes, listeners, documents and frames that are alive after the garbage has been collected, and open sockets. */
  async left(): Promise<Record<string, number>> {
    await expect.poll(() => this.openSockets).toBe(0);
    for (let count = 0; count < 3; count += 1) await this.cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    const counted = metrics.filter(({ name }) => ['Nodes', 'JSEventListeners', 'Documents', 'Frames'].includes(name));
    return Object.fromEntries(counted.map(({ name, value }) => [name, value]));
  }

  /** What ten mounts and removals leave behind beyond what the first one did: its scripts and styles. */
  async leftBehind(arrived: () => Promise<void>): Promise<Record<string, number>> {
    let first: Record<string, number> = {};
    for (let count = 0; count <= MOUNTS; count += 1) {
      await this.mount();
      await arrived();
      await this.remove();
      if (count === 0) first = await this.left();
    }
    const last = await this.left();
    return Object.fromEntries(Object.entries(last).map(([name, value]) => [name, Math.max(0, value - first[name]!)]));
  }
}

const NOTHING = { Nodes: 0, JSEventListeners: 0, Documents: 0, Frames: 0 };

describe.each([
  ['in the page', false],
  ['isolated', true],
])('ten mounts and removals, %s', (_where, isolated) => {
  test('leave no node, no listener, no frame and no socket behind, with and without a session', async () => {
    const guests = await Guestbook.open(isolated);
    const welcome = () => guests.sees('Test your fine-tuned model', 0);
    expect(await guests.leftBehind(welcome), 'welcome').toEqual(NOTHING);

    await guests.mount();
    for (const name of TO_TEST) await guests.press(name);
    const test = () => guests.sees('Run the batch test', 1);
    await test();
    await guests.remove();
    // From here on the element takes up the session of the one before, with a socket.
    expect(await guests.leftBehind(test), 'test').toEqual(NOTHING);
    await guests.page.close();
  });
});

describe('two copies of the script from two addresses, with Trusted Types enforced', () => {
  test.each([
    ['modules', 'type="module"', 'ftl-atlas-demo.js'],
    ['a module and the single file', 'defer', 'ftl-atlas-demo.iife.js'],
  ])('are silent: %s', async (_what, attributes, file) => {
    const other = api.url.replace('localhost', '127.0.0.1');
    const page = await startPage(
      `<!doctype html><html lang="en"><title>Host</title>
       <script type="module" src="${api.url}/widget/ftl-atlas-demo.js"></script>
       <script ${attributes} src="${other}/widget/${file}"></script>
       <ftl-atlas-demo></ftl-atlas-demo></html>`,
      {
        'content-security-policy': `default-src 'none'; script-src ${api.url} ${other}; connect-src *; require-trusted-types-for 'script'; trusted-types ftlAtlas`,
      },
    );
    const visitor = await browser.newPage();
    const complaints: string[] = [];
    visitor.on('pageerror', (error) => complaints.push(error.message));
    visitor.on('console', (message) => complaints.push(message.text()));
    await visitor.goto(page.url);
    await visitor.getByRole('button', { name: 'Start Demo', exact: true }).click();
    await visitor.getByRole('heading', { name: 'What is your model for?' }).waitFor();
    expect(complaints).toEqual([]);
    await visitor.close();
    page.close();
  });
});
