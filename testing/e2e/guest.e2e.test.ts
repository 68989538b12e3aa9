import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';
import { openBrowser } from './browser.js';
import { type Running, startApi, startEndpoint, startPage } from './servers.js';

type Site = Awaited<ReturnType<typeof startPage>>;
type Owner = Page | ReturnType<Page['frameLocator']>;

const KEY = 'sk-guest';

let endpoint: Running;
/** A run goes on for as long as this stands still. */
let toEndpoint: TcpProxy;
let api: Running;
let host: Site;
let browser: Browser;

beforeAll(async () => {
  endpoint = await startEndpoint(KEY);
  toEndpoint = await startTcpProxy(endpoint.url);
  api = await startApi({
    ALLOWED_PRIVATE_ENDPOINTS: new URL(toEndpoint.url).host,
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
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  host?.close();
  await api?.stop();
  toEndpoint?.close();
  await endpoint?.stop();
});

/** Sockets that the server has open, of all visitors. */
async function openSockets(): Promise<number> {
  const metrics = await (await fetch(`${api.url}/metrics`)).text();
  return Number(/^atlas_open_streams\{holder="address"\} (\d+)$/m.exec(metrics)![1]);
}

/** A page on which the element comes and goes, and what that leaves behind is counted. */
class Guestbook {
  private constructor(
    readonly page: Page,
    readonly isolated: boolean,
    readonly cdp: CDPSession,
  ) {}

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

  async mount(): Promise<void> {
    const properties = JSON.stringify({ id: 'guest', domain: 'customer_support', isolated: this.isolated });
    const element = `Object.assign(document.createElement('ftl-atlas-demo'), ${properties})`;
    await this.page.evaluate(`void document.body.append(${element})`);
  }

  async remove(): Promise<void> {
    await this.page.evaluate("document.querySelector('ftl-atlas-demo').remove()");
  }

  async press(...names: string[]): Promise<void> {
    for (const name of names) await this.inside.getByRole('button', { name, exact: true }).click({ timeout: 60_000 });
  }

  /** From the connection step to the one after it. */
  async connect(): Promise<void> {
    await this.inside.getByLabel('API Endpoint').fill(`${toEndpoint.url}v1`);
    await this.inside.getByLabel('API Key').fill(KEY);
    await this.inside.getByLabel('Model ID').fill('sim:ttft=1,total=2,tokens=8');
    await this.press('Test Connection');
    await this.inside.getByText('The connection works.').first().waitFor({ state: 'attached' });
    await this.press('Continue');
  }

  async sees(heading: string): Promise<void> {
    await this.inside.getByRole('heading', { name: heading }).waitFor({ timeout: 60_000 });
  }

  /** Nodes, listeners, documents and frames that are alive after the garbage has been collected, and open sockets. */
  async left(): Promise<Record<string, number>> {
    await expect.poll(openSockets, { timeout: 10_000 }).toBe(0);
    for (let count = 0; count < 3; count += 1) await this.cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    const counted = metrics.filter(({ name }) => ['Nodes', 'JSEventListeners', 'Documents', 'Frames'].includes(name));
    return Object.fromEntries(counted.map(({ name, value }) => [name, value]));
  }

  /** What further mounts and removals leave behind beyond what the first one did: its scripts and styles. */
  async leftBehind(mounts: number, arrived: () => Promise<void>): Promise<Record<string, number>> {
    let first: Record<string, number> = {};
    for (let count = 0; count <= mounts; count += 1) {
      await this.mount();
      await arrived();
      await this.remove();
      if (count === 0) first = await this.left();
    }
    const last = await this.left();
    return Object.fromEntries(Object.entries(last).map(([name, value]) => [name, Math.max(0, value - first[name]!)]));
  }

  /** The element comes and goes where the visitor is, then stays; each takes up the session of the one before. */
  async comesAndGoes(heading: string): Promise<void> {
    const arrived = async () => {
      await this.sees(heading);
      await expect.poll(openSockets, { timeout: 10_000, interval: 10 }).toBe(1);
    };
    await arrived();
    await this.remove();
    expect(await this.leftBehind(2, arrived), heading).toEqual(NOTHING);
    await this.mount();
    await arrived();
  }
}

const NOTHING = { Nodes: 0, JSEventListeners: 0, Documents: 0, Frames: 0 };

describe.each([
  ['in the page', false],
  ['isolated', true],
])('an element that comes and goes, %s', (_where, isolated) => {
  test('leaves no node, listener, frame or socket behind, in no step of the visit', async () => {
    const guests = await Guestbook.open(isolated);
    const welcome = () => guests.sees('Test your fine-tuned model');
    expect(await guests.leftBehind(10, welcome), 'welcome').toEqual(NOTHING);

    await guests.mount();
    await guests.press('Start Demo', 'Continue');
    await guests.connect();
    await guests.comesAndGoes('Run the batch test');

    toEndpoint.freeze();
    await guests.press('Run Batch Test');
    await guests.comesAndGoes('Your model is answering');
    // No event says so again: the prompts were sent before.
    expect(await guests.inside.getByText('Answering', { exact: true }).count()).toBe(4);
    toEndpoint.mend();
    await guests.comesAndGoes('The run has finished');
    await guests.press('Continue');
    await guests.comesAndGoes('Explore your results with Atlas');
    await guests.press('Continue');
    await guests.comesAndGoes('Take your results with you');
    await guests.press('Delete My Data', 'Yes, Delete');
    await guests.sees('All done.');
    await guests.remove();
    expect(await guests.leftBehind(2, welcome), 'after the goodbye').toEqual(NOTHING);
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
