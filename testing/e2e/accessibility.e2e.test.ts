import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';
import { openBrowser } from './browser.js';
import { type Running, startApi, startEndpoint, startPage } from './servers.js';

const KEY = 'sk-by-keyboard';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const seen = fileURLToPath(new URL('accessibility.browser.js', import.meta.url));

let endpoint: Running;
/** A run goes on for as long as this stands still. */
let toEndpoint: TcpProxy;
let api: Running;
let host: Awaited<ReturnType<typeof startPage>>;
let browser: Browser;

beforeAll(async () => {
  endpoint = await startEndpoint(KEY);
  toEndpoint = await startTcpProxy(endpoint.url);
  api = await startApi({
    ALLOWED_PRIVATE_ENDPOINTS: new URL(toEndpoint.url).host,
    RATE_LIMIT_PER_MINUTE: '1000',
    LOG_LEVEL: 'warn',
  });
  host = await startPage(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Host</title><h1>Host</h1>
     <script type="module" src="${api.url}/widget/ftl-atlas-demo.js"></script><ftl-atlas-demo></ftl-atlas-demo></html>`,
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

interface Focus {
  name: string;
  type: string;
  isMarked: boolean;
  isHidden: boolean;
  what: string;
}

/** Presses Tab once, and once more where that has led past the last control of the page, to those of the browser. */
async function nextFocus(page: Page): Promise<Focus> {
  await page.keyboard.press('Tab');
  const focus = await page.evaluate<Focus>('seen.focus()');
  if (focus.type !== 'body') return focus;
  await page.keyboard.press('Tab');
  return page.evaluate<Focus>('seen.focus()');
}

/** A visitor who has a keyboard and no pointer. */
class KeyboardVisitor {
  constructor(readonly page: Page) {}

  /** Presses Tab until the control of this name or type has the focus; on the way every focus has to be in sight. */
  async tabTo(wanted: string | RegExp): Promise<void> {
    const isWanted = ({ name, type }: Focus) =>
      typeof wanted === 'string' ? name === wanted || type === wanted : wanted.test(name);
    const stops: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      const focus = await nextFocus(this.page);
      expect(focus, focus.what).toMatchObject({ isMarked: true, isHidden: false });
      if (isWanted(focus)) return;
      stops.push(focus.name);
    }
    throw new Error(`The Tab key does not lead to ${wanted}, but to ${stops.join(' | ')}`);
  }

  async press(wanted: string | RegExp, key = 'Enter'): Promise<void> {
    await this.tabTo(wanted);
    await this.page.keyboard.press(key);
  }

  async fill(field: string, text: string): Promise<void> {
    await this.tabTo(field);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  async ask(question: string): Promise<void> {
    await this.fill('Ask Atlas about your results', question);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('log').getByText(question, { exact: true }).waitFor();
    await this.page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  }

  async sees(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 60_000 });
  }
}

async function findings(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `axe.run({ runOnly: ${JSON.stringify(WCAG)} })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html + any.map(({ message }) => message)).join('\\n')))`,
  );
}

/** Looks at one state of the visit in every way that a system or a browser can be set to, and puts all back. */
async function inspect(page: Page, state: string): Promise<void> {
  const overflow = () => page.evaluate<number>('seen.overflow()');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await findings(page), `${state}, ${colorScheme}`).toEqual([]);
  }
  expect.soft(await page.evaluate('seen.moving()'), `${state}, reduced motion`).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  expect.soft(await page.evaluate('seen.withoutEdge()'), `${state}, forced colours`).toEqual([]);
  expect.soft(await nextFocus(page), `${state}, forced colours`).toMatchObject({ isMarked: true });
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });

  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect.soft(await overflow(), `${state}, ${width} px`).toBe(0);
  }
  await page.evaluate("void (document.querySelector('ftl-atlas-demo').lang = 'ar')");
  await page.locator('ftl-atlas-demo [dir=rtl]').first().waitFor();
  expect.soft(await overflow(), `${state}, right to left`).toBe(0);
  expect.soft(await findings(page), `${state}, right to left`).toEqual([]);
  await page.evaluate("void (document.querySelector('ftl-atlas-demo').lang = 'en')");
  await page.locator('ftl-atlas-demo [dir=ltr]').first().waitFor();

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate("void (document.documentElement.style.fontSize = '200%')");
  expect.soft(await overflow(), `${state}, text twice as large`).toBe(0);
  await page.evaluate("void (document.documentElement.style.fontSize = '')");
}

test('a whole visit by keyboard alone, with each state looked at in every theme, colour, motion, size and direction', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript({ path: seen });
  await page.addInitScript(axe);
  const visitor = new KeyboardVisitor(page);
  const look = (state: string) => inspect(page, state);

  await page.goto(host.url);
  await visitor.sees('Start Demo');
  await look('welcome');
  await visitor.press('Start Demo');
  await visitor.sees('What is your model for?');
  await visitor.press('radio', 'ArrowDown');
  await look('domain');
  await visitor.press('Continue');

  await visitor.sees('Connect your model');
  await visitor.press('Test Connection');
  await look('fields that lack something');
  await visitor.press('API Endpoint');
  await visitor.fill('API Endpoint', `${toEndpoint.url}v1`);
  await visitor.fill('API Key', KEY);
  await visitor.fill('Model ID', 'sim:ttft=1,total=2,tokens=8');
  await visitor.press('Test Connection');
  await visitor.sees('The connection works.');
  await look('connected');
  await visitor.press('Continue');

  await visitor.sees('Run the batch test');
  await look('before the run');
  toEndpoint.freeze();
  await visitor.press('Run Batch Test');
  await visitor.sees('Your model is answering');
  await look('running');
  toEndpoint.mend();
  await visitor.sees('The run has finished');
  await visitor.press('summary');
  await look('run');
  await visitor.press('Continue');

  await visitor.sees('Explore your results with Atlas');
  await visitor.ask('average latency by category');
  await visitor.ask('show responses under 100 tokens');
  await look('answers');
  await visitor.press('View as table');
  await look('a table');
  await visitor.press(/^#\d+$/);
  await page.getByRole('dialog').waitFor();
  await look('a prompt in full');
  await page.keyboard.press('Escape');
  expect(await page.evaluate<Focus>('seen.focus()')).toMatchObject({ name: expect.stringMatching(/^#\d+$/) });
  await visitor.press('Continue');

  await visitor.sees('Take your results with you');
  await look('exports');
  await visitor.press('Delete My Data');
  await page.getByRole('alertdialog').waitFor();
  await look('the question before deleting');
  await visitor.press('Yes, Delete');
  await visitor.sees('Your API credentials have been securely deleted.');
  await look('goodbye');
  await page.close();
});
