import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../server-process.js';
import { openBrowser } from './browser.js';
import { type Running, startApi, startPage } from './servers.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Site = Awaited<ReturnType<typeof startPage>>;

let api: Running;
let partner: Site;
let stranger: Site;
let browser: Browser;

/** Strict: the script and the frame are the only things that may come from elsewhere. */
const policyOf = (apiUrl: string) =>
  `default-src 'none'; script-src ${apiUrl} 'nonce-test'; frame-src ${apiUrl}; require-trusted-types-for 'script'; trusted-types ftlAtlas`;

const pageWith = (apiUrl: string, attributes: string) => `<!doctype html><html lang="en"><title>Partner</title>
  <h1>Partner</h1>
  <script nonce="test">
    window.told = [];
    window.complaints = [];
    for (const name of ['step', 'connected', 'run-finished', 'answer', 'exported', 'cleaned-up', 'error'])
      addEventListener('ftl-' + name, (event) => window.told.push([event.type, event.detail, event.cancelable]));
    addEventListener('securitypolicyviolation', (event) => window.complaints.push(event.violatedDirective));
  </script>
  <script type="module" src="${apiUrl}/widget/ftl-atlas-demo.js"></script>
  <ftl-atlas-demo isolated ${attributes}>
    <span slot="heading">Try your model at the partner's</span>
    <a slot="cta" href="/contact">Talk to the partner</a>
  </ftl-atlas-demo></html>`;

/** The page at an address of the API's own site, though not of its origin. */
const sameSite = ({ url }: Site) => url.replace('127.0.0.1', 'localhost');

beforeAll(async () => {
  const port = await freePort();
  const apiUrl = `http://localhost:${port}`;
  const headers = { 'content-security-policy': policyOf(apiUrl) };
  partner = await startPage(pageWith(apiUrl, 'domain="customer_support"'), headers);
  stranger = await startPage(pageWith(apiUrl, ''), headers);
  api = await startApi({
    PORT: port,
    ALLOWED_ORIGINS: [partner.url, sameSite(partner)].map((url) => new URL(url).origin).join(),
    SESSIONS_PER_IP: '5',
    RATE_LIMIT_PER_MINUTE: '1000',
    LOG_LEVEL: 'warn',
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  partner?.close();
  stranger?.close();
  await api?.stop();
});

/** This browser keeps storage from frames of another site, which is what most of these tests are done with. */
async function open(url = partner.url) {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  const demo = page.frameLocator('iframe');
  await demo.getByRole('button', { name: 'Start Demo', exact: true }).waitFor();
  const frame = page.frames().find((candidate) => candidate.url().startsWith(api.url)) as Frame;
  return { page, demo, frame, errors };
}

const button = (demo: Page | FrameLocator, name: string) => demo.getByRole('button', { name, exact: true });

async function toFinishedRun(demo: FrameLocator): Promise<void> {
  await button(demo, 'Start Demo').click();
  await button(demo, 'Continue').click();
  await button(demo, 'Use the Sample Model').click();
  await button(demo, 'Continue').click();
  await button(demo, 'Run Batch Test').click();
  await button(demo, 'Continue').click({ timeout: 60_000 });
}

/** Runs in the page, as text: these tests have no types of a browser. */
const inPage = <T>(page: Page | Frame, code: string) => page.evaluate<T>(code);

/** What the frame has and what its content needs, px. */
async function heights(page: Page, frame: Frame): Promise<[given: number, needed: number]> {
  return [
    await inPage(page, "document.querySelector('ftl-atlas-demo').shadowRoot.querySelector('iframe').clientHeight"),
    await inPage(frame, "Math.ceil(document.querySelector('ftl-atlas-demo').getBoundingClientRect().height)"),
  ];
}

describe('an isolated demo on a page of another origin, under a strict policy', () => {
  test('goes through a whole visit, and tells the page what happens', async () => {
    const { page, demo, frame, errors } = await open();
    await demo.getByText('Try your model at the partner').waitFor();
    await toFinishedRun(demo);
    await expect.poll(async () => new Set(await heights(page, frame)).size).toBe(1);
    await demo.getByLabel('Ask Atlas about your results').fill('Which three prompts were slowest?');
    await button(demo, 'Send').click();
    await demo.getByRole('log').getByText('Which three prompts were slowest?', { exact: true }).waitFor();
    await button(demo, 'Send').waitFor();
    await page.setViewportSize({ width: 1000, height: 500 });
    await demo.locator('button.ref').first().click();
    const dialog = demo.getByRole('dialog');
    await dialog.waitFor();
    const fold = async () => {
      const { y, height } = (await dialog.boundingBox())!;
      return { above: Math.min(0, Math.round(y)), below: Math.max(0, Math.round(y + height - 500)) };
    };
    await expect.poll(fold).toEqual({ above: 0, below: 0 });
    await page.keyboard.press('Escape');
    await button(demo, 'Continue').click();
    const saved = page.waitForEvent('download');
    await button(demo, 'Download CSV').click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
    const link = demo.getByRole('link', { name: 'Talk to the partner' });
    expect(await link.getAttribute('href')).toBe(`${partner.url}contact`);
    await button(demo, 'Delete My Data').click();
    await button(demo, 'Yes, Delete').click();
    await demo.getByText('Your API credentials have been securely deleted.').waitFor();

    const names = () => inPage<string[]>(page, 'window.told.map(([name]) => name)');
    await expect.poll(names).toContain('ftl-cleaned-up');
    const told = await inPage<[string, Record<string, unknown>, boolean][]>(page, 'window.told');
    const steps = told.filter(([name]) => name === 'ftl-step');
    expect(steps.map(([, detail]) => detail.to)).toEqual(['domain', 'connect', 'run', 'atlas', 'goodbye']);
    expect(steps.every(([, , cancelable]) => cancelable)).toBe(true);
    expect(told.map(([name]) => name)).toEqual(
      expect.arrayContaining(['ftl-connected', 'ftl-run-finished', 'ftl-answer', 'ftl-exported', 'ftl-cleaned-up']),
    );
    expect(told.find(([name]) => name === 'ftl-run-finished')?.[1]).toMatchObject({ status: 'completed', total: 10 });
    expect(await inPage(page, 'window.complaints')).toEqual([]);
    // The demo proves the deletion by trying its dead token: the refusal is wanted.
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
    await page.close();
  });

  test('does what the page asks of it, and says whether that worked', async () => {
    const { page, demo } = await open();
    const ask = (method: string) => inPage<boolean>(page, `document.querySelector('ftl-atlas-demo').${method}()`);
    expect(await ask('start')).toBe(true);
    await button(demo, 'Continue').click();
    await button(demo, 'Use the Sample Model').click();
    await button(demo, 'Delete My Data').waitFor();
    expect(await ask('endSession')).toBe(true);
    await demo.getByText('Your API credentials have been securely deleted.').waitFor();
    expect(await ask('startOver')).toBe(true);
    await demo.getByRole('radio', { name: 'Customer Support' }).waitFor();
    await page.close();
  });

  test('has nothing in its frame that axe finds fault with, light and dark', async () => {
    // The other rules are about whole pages, with landmarks and a first heading: that is the page around the frame.
    const rules = JSON.stringify({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    const { page, demo, frame } = await open();
    // Colours on their way from one theme to the other are no finding.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await button(demo, 'Start Demo').click();
    await button(demo, 'Continue').click();
    await demo.getByRole('heading', { name: 'Connect your model' }).waitFor();
    for (const theme of ['light', 'dark']) {
      await inPage(page, `document.querySelector('ftl-atlas-demo').setAttribute('theme', '${theme}')`);
      await demo.locator(`ftl-atlas-demo[theme=${theme}]`).waitFor();
      await inPage(frame, axe);
      const findings = `axe.run(${rules}).then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))`;
      expect(await inPage<string[]>(frame, findings), theme).toEqual([]);
    }
    await page.close();
  });

  test('cannot be looked into by the page, not even while a key is typed', async () => {
    const { page, demo } = await open();
    await button(demo, 'Start Demo').click();
    await button(demo, 'Continue').click();
    await demo.getByLabel('API Key').fill('sk-typed-into-the-frame');
    const seen = await inPage<{ document: unknown; window: string; text: string }>(
      page,
      `(() => {
        const frame = document.querySelector('ftl-atlas-demo').shadowRoot.querySelector('iframe');
        const tried = (look) => { try { return String(look()); } catch (error) { return error.name; } };
        return {
          document: frame.contentDocument,
          window: tried(() => frame.contentWindow.document),
          text: document.documentElement.outerHTML + frame.outerHTML + JSON.stringify({ ...sessionStorage }),
        };
      })()`,
    );
    expect(seen.document).toBeNull();
    expect(seen.window).toBe('SecurityError');
    expect(seen.text).not.toContain('sk-typed');
    await page.close();
  });

  test('grows and shrinks with its content, without scroll bars and without end', async () => {
    const { page, demo, frame } = await open();
    const settled = async () => {
      await expect.poll(async () => new Set(await heights(page, frame)).size).toBe(1);
      return (await heights(page, frame))[0];
    };
    const atFirst = await settled();
    await page.setViewportSize({ width: 340, height: 700 });
    await expect.poll(async () => (await heights(page, frame))[0]).toBeGreaterThan(atFirst);
    const narrow = await settled();
    expect(await inPage(frame, 'document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await inPage(page, 'document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1200, height: 700 });
    await expect.poll(async () => (await heights(page, frame))[0]).toBe(atFirst);
    await button(demo, 'Start Demo').click();
    await demo.getByRole('radio', { name: 'Customer Support' }).waitFor();
    const later = await settled();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await heights(page, frame))[0]).toBe(later);
    expect(narrow).toBeLessThan(3_000);
    await page.close();
  });

  test('is printed as it is on the screen, all of it', async () => {
    const { page, demo, frame } = await open();
    await toFinishedRun(demo);
    await button(demo, 'Back').click();
    await demo.getByRole('heading', { name: 'The run has finished' }).waitFor();
    await expect.poll(async () => new Set(await heights(page, frame)).size).toBe(1);
    const onScreen = await heights(page, frame);
    for (const where of [page, frame]) await inPage(where, "dispatchEvent(new Event('beforeprint'))");
    await page.setViewportSize({ width: 600, height: 700 });
    await page.emulateMedia({ media: 'print' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await heights(page, frame)).toEqual(onScreen);
    await page.close();
  });

  test('is printed with the whole conversation, of which the screen shows a part', async () => {
    const { page, demo, frame } = await open();
    await toFinishedRun(demo);
    await page.setViewportSize({ width: 1000, height: 500 });
    const log =
      "document.querySelector('ftl-atlas-demo').shadowRoot.querySelector('ftl-atlas-step').shadowRoot.querySelector('.log')";
    for (const question of ['Which three prompts were slowest?', 'Average latency per category?']) {
      await demo.getByLabel('Ask Atlas about your results').fill(question);
      await button(demo, 'Send').click();
      await demo.getByRole('log').getByText(question, { exact: true }).waitFor();
      await button(demo, 'Send').waitFor();
    }
    const hidden = () => inPage<number>(frame, `${log}.scrollHeight - ${log}.clientHeight`);
    expect(await hidden()).toBeGreaterThan(100);
    const scrolled = await inPage(frame, `${log}.scrollTop`);
    const onScreen = await heights(page, frame);
    const print = async (type: string) => {
      for (const where of [page, frame]) await inPage(where, `dispatchEvent(new Event('${type}'))`);
    };
    await print('beforeprint');
    expect(await hidden()).toBe(0);
    const [given, needed] = await heights(page, frame);
    expect(given).toBe(needed);
    expect(given).toBeGreaterThan(onScreen[0] + 100);
    await print('afterprint');
    await expect.poll(() => heights(page, frame)).toEqual(onScreen);
    expect(await inPage(frame, `${log}.scrollTop`)).toBe(scrolled);
    await page.close();
  });

  test('says where the visitor is looking that the network is away', async () => {
    const { page, demo } = await open();
    await page.setViewportSize({ width: 340, height: 500 });
    await button(demo, 'Start Demo').click();
    await button(demo, 'Continue').click();
    await button(demo, 'Use the Sample Model').click();
    await demo.getByText('The connection works.').first().waitFor({ state: 'attached' });
    await page.context().setOffline(true);
    const notice = demo.getByText('You are offline.', { exact: true }).first();
    for (const top of [300, 700, 0]) {
      await inPage(page, `scrollTo(0, ${top})`);
      const place = async () => {
        const { y, height } = (await notice.boundingBox())!;
        return y >= 0 && y + height <= 500;
      };
      await expect.poll(place, { message: `${top} px` }).toBe(true);
    }
    await page.context().setOffline(false);
    await page.close();
  });

  test('looks as the page has it, and changes with it', async () => {
    const { page, frame } = await open();
    const background = () =>
      inPage<string>(
        frame,
        "getComputedStyle(document.querySelector('ftl-atlas-demo').shadowRoot.querySelector('.primary')).backgroundColor",
      );
    await inPage(page, "document.querySelector('ftl-atlas-demo').style.setProperty('--ftl-accent', 'rgb(162 59 20)')");
    await expect.poll(background).toBe('rgb(162, 59, 20)');
    const leaked = "document.querySelector('ftl-atlas-demo').style.getPropertyValue('--ftl-surface')";
    await inPage(
      page,
      "document.querySelector('ftl-atlas-demo').style.setProperty('--ftl-surface', 'url(//evil.example)')",
    );
    await inPage(page, "document.querySelector('ftl-atlas-demo').setAttribute('lang', 'de')");
    await page.frameLocator('iframe').getByRole('button', { name: 'Demo starten' }).waitFor();
    expect(await inPage(frame, leaked)).not.toContain('evil');
    await page.close();
  });

  test('stays where it is when the page forbids a step', async () => {
    const { page, demo } = await open();
    await inPage(
      page,
      "addEventListener('ftl-step', (event) => event.preventDefault(), { capture: true, once: true })",
    );
    await button(demo, 'Start Demo').click();
    await expect.poll(() => inPage(page, 'window.told.length')).toBe(1);
    await button(demo, 'Start Demo').waitFor();
    await button(demo, 'Start Demo').click();
    await demo.getByRole('heading', { name: 'What is your model for?' }).waitFor();
    await page.close();
  });

  test('goes on after the page is reloaded, and after the element is moved, where frames may store', async () => {
    const { page, demo } = await open(sameSite(partner));
    await button(demo, 'Start Demo').click();
    await button(demo, 'Continue').click();
    await button(demo, 'Use the Sample Model').click();
    await button(demo, 'Continue').click();
    await demo.getByRole('heading', { name: 'Run the batch test' }).waitFor();
    await page.reload();
    await demo.getByRole('heading', { name: 'Run the batch test' }).waitFor();
    await inPage(page, "document.body.prepend(document.querySelector('ftl-atlas-demo'))");
    await demo.getByRole('heading', { name: 'Run the batch test' }).waitFor();
    await page.close();
  });

  test('takes no message but from its page, and its port only once', async () => {
    const { page, demo, frame } = await open();
    const forged = `{ type: 'ftl-connect', settings: { heading: 'FORGED', theme: 'dark' } }`;
    // The page itself, once more; and the frame to itself.
    for (const [where, target] of [
      [page, "document.querySelector('ftl-atlas-demo').shadowRoot.querySelector('iframe').contentWindow"],
      [frame, 'window'],
    ] as const)
      await inPage(where, `${target}.postMessage(${forged}, '*', [new MessageChannel().port2])`);
    // Anybody, to the page: it listens to its port alone.
    const height = { type: 'height', height: 9_999 };
    const event = { type: 'event', id: 1, name: 'ftl-answer', detail: { id: 'forged', kind: 'answer' } };
    for (const message of [height, event]) await inPage(frame, `parent.postMessage(${JSON.stringify(message)}, '*')`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await demo.getByText('FORGED').count()).toBe(0);
    expect((await heights(page, frame))[0]).toBeLessThan(2_000);
    expect(await inPage(page, 'window.told')).toEqual([]);
    await page.close();
  });

  test.each(['**/ftl-atlas-frame.js', '**/chunks/isolated-frame-*.js'])(
    'says that %s could not be loaded, and goes on where it can be',
    async (script) => {
      const page = await browser.newPage();
      await page.clock.install();
      await page.route(script, (route) => route.abort());
      await page.goto(partner.url);
      const failed = page.getByRole('alert').getByText('The demo could not be loaded.');
      await expect.poll(() => page.clock.fastForward(10_000).then(() => failed.isVisible())).toBe(true);
      await page.unroute(script);
      await button(page, 'Start Demo').click();
      const demo = page.frameLocator('iframe');
      await demo.getByRole('heading', { name: 'What is your model for?' }).waitFor();
      expect(await failed.isVisible()).toBe(false);
      await page.close();
    },
  );

  test('is shown by the example page', async () => {
    const page = await browser.newPage();
    await page.goto(`${api.url}/examples/isolated.html`);
    await button(page.frameLocator('iframe'), 'Start Demo').waitFor();
    await page.close();
  });

  test('is refused to a page that is not on the list, which says so', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('console', (message) => errors.push(message.text()));
    // The element waits ten seconds for an answer of its frame; this test does not.
    await page.clock.install();
    await page.goto(stranger.url);
    await expect.poll(() => errors.join(), { timeout: 20_000 }).toContain('frame-ancestors');
    const failure = page.getByText('The demo could not be loaded.');
    await expect
      .poll(
        async () => {
          await page.clock.fastForward(10_000);
          return failure.isVisible();
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await page.close();
  });
});
