import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../server-process.js';
import { openBrowser } from './browser.js';
import { type Running, startApi, startExample } from './servers.js';

const PAGES = [
  '/',
  '/examples/partner.html',
  '/examples/docs.html',
  '/examples/instances.html',
  '/examples/isolated.html',
  '/examples/react.html',
  '/examples/vue.html',
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let api: Running;
/** The partner's page on an origin of the partner's. */
let partner: Awaited<ReturnType<typeof startExample>>;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  partner = await startExample('partner.html', `http://localhost:${port}`);
  api = await startApi({
    PORT: port,
    ALLOWED_ORIGINS: new URL(partner.url).origin,
    SESSIONS_PER_IP: '10',
    RATE_LIMIT_PER_MINUTE: '1000',
    LOG_LEVEL: 'warn',
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  partner?.close();
  await api?.stop();
});

/** A page that writes down whatever a good guest would not do. */
async function open(path: string): Promise<{ page: Page; demo: Page | FrameLocator; complaints: string[] }> {
  const url = new URL(path, api.url);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Only where page and frame share an origin, as on these pages: there is no wall, and the browser says so.
    if (message.text().includes('can escape its sandboxing')) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && ![api.url, url.origin].includes(origin))
      complaints.push(`asked ${origin}`);
  });
  await page.exposeFunction('complain', (what: string) => complaints.push(what));
  await page.addInitScript("addEventListener('securitypolicyviolation', (e) => complain(e.violatedDirective))");
  await page.goto(url.href);
  const demo = path.includes('isolated') ? page.frameLocator('iframe') : page;
  await demo.locator('ftl-atlas-demo').getByRole('button').first().waitFor();
  return { page, demo, complaints };
}

/** What a frame shows is looked at where the frame is tested. */
async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    "axe.run({ iframes: false }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
}

async function askAboutSampleResults(demo: Page | FrameLocator): Promise<void> {
  const press = (name: string) => demo.getByRole('button', { name, exact: true }).click({ timeout: 60_000 });
  await press('See Sample Results');
  await press('Continue');
  await demo.getByLabel('Ask Atlas about your results').fill('how many prompts were answered?');
  await press('Send');
  await demo
    .getByRole('log')
    .getByText(/(9|10) (of 10 )?prompts/)
    .last()
    .waitFor();
}

describe('the example pages', () => {
  test.each(PAGES)('%s shows the element without a complaint, wide and narrow', async (path) => {
    const { page, complaints } = await open(path);
    expect(await accessibilityFindings(page)).toEqual([]);
    for (const width of [1200, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(['react', 'vue'])('the %s page has the framework set properties and listen to events', async (name) => {
    const { page, complaints } = await open(`/examples/${name}.html`);
    const element = page.locator('ftl-atlas-demo');
    await page.getByRole('button', { name: 'Change the theme' }).click();
    await expect.poll(() => element.getAttribute('theme')).toBe('dark');
    await page.getByRole('button', { name: 'Start Demo', exact: true }).click();
    await expect.poll(() => page.locator('output').textContent()).toBe('domain');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the page of several has each go its own way, with a session of its own', async () => {
    const { page, complaints } = await open('/examples/instances.html');
    const [english, german] = ['english', 'german'].map((id) => page.locator(`#${id}`)) as [Locator, Locator];
    const press = (name: string) => english.getByRole('button', { name, exact: true }).click();
    await press('Start Demo');
    await english.getByRole('radio', { name: 'Creative Writing' }).check({ force: true });
    for (const name of ['Continue', 'Use the Sample Model', 'Continue']) await press(name);
    await english.getByRole('heading', { name: 'Run the batch test' }).waitFor();
    await german.getByRole('button', { name: 'Demo starten' }).waitFor();
    await page.reload();
    await english.getByRole('heading', { name: 'Run the batch test' }).waitFor();
    await german.getByRole('button', { name: 'Demo starten' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.concurrent('the partner page bears a whole visit from an origin of its own, under its strict policy and with Trusted Types enforced', async () => {
    const { page, complaints } = await open(partner.url);
    expect(await page.evaluate('origin')).not.toBe(api.url);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByText('Try your model in our reading room').waitFor();
    await button('Start Demo').click();
    await button('Continue').click();
    await button('Use the Sample Model').click();
    await button('Continue').click();
    await button('Run Batch Test').click();
    await button('Continue').click({ timeout: 60_000 });
    for (const question of ['p95 latency?', 'average latency by category', 'which prompt took the longest?']) {
      await page.getByLabel('Ask Atlas about your results').fill(question);
      await button('Send').click();
      await page.getByRole('log').getByText(question, { exact: true }).waitFor();
      await button('Send').waitFor();
    }
    await button('View as table').first().click();
    await page
      .getByRole('log')
      .getByRole('button', { name: /^#\d+$/ })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button('Continue').click();
    await page.getByText('Talk to us about a longer test.').waitFor();
    const saved = page.waitForEvent('download');
    await button('Download CSV').click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
    await button('Delete My Data').click();
    await button('Yes, Delete').click();
    await page.getByText('the server refused it (401)').waitFor();
    // The page proves the deletion by trying its dead token: the refusal is wanted.
    expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
    await page.close();
  });

  test.concurrent.each(['/', '/examples/react.html', '/examples/vue.html', '/examples/isolated.html'])(
    '%s answers a question about sample results',
    async (path) => {
      const { page, demo, complaints } = await open(path);
      await askAboutSampleResults(demo);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test.concurrent('a page whose policy forgets the socket follows the run over HTTP', async () => {
    const page = await browser.newPage();
    await page.route(`${api.url}/`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': `connect-src ${api.url}` };
      await route.fulfill({ response, headers });
    });
    await page.goto(api.url);
    await askAboutSampleResults(page);
    await page.close();
  });

  test.concurrent('the docs page has the sample model answer, and lists the events of its example', async () => {
    const { page, complaints } = await open('/examples/docs.html');
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click({ timeout: 60_000 });
    for (const name of ['Start Demo', 'Continue', 'Use the Sample Model', 'Continue', 'Run Batch Test', 'Continue'])
      await press(name);
    for (const question of await page.locator('main > table td > code').allTextContents()) {
      await page.getByLabel('Ask Atlas about your results').fill(question);
      await press('Send');
      await page.getByRole('log').getByText(question, { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    }
    const log = (await page.locator('#events-log').textContent()) ?? '';
    expect(log).toContain('ftl-step {"from":"welcome","to":"domain"}');
    expect(log).toContain('"status":"completed","total":10,');
    expect(log.match(/"kind":"answer"/g)).toHaveLength(3);
    expect(log.match(/"kind":"unsupported"/g)).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
