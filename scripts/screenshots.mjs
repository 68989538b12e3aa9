// Pictures of each state of a visit in every size and theme: node scripts/screenshots.mjs FOLDER
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserLaunchOptions } from '../testing/browser.mjs';
import { ensureBuilt, root } from './prepare.mjs';

const folder = process.argv[2] ?? 'screenshots';
const KEY = 'sk-screenshots';
const DESKTOP = { width: 1200, theme: 'light', lang: 'en' };
const VIEWS = [
  ...[320, 720, 1200].flatMap((width) => ['light', 'dark'].map((theme) => ({ width, theme, lang: 'en' }))),
  { width: 320, theme: 'light', lang: 'ar' },
];

/** What becomes of the prompts that name an order: some are slow, two fail, one is cut off. */
const FATES = {
  P1001: { tokens: 48, ttft: 240, total: 1100 },
  P1002: { tokens: 96, ttft: 320, total: 1900 },
  P1003: { tokens: 70, ttft: 280, total: 1500 },
  P1004: { tokens: 512, ttft: 410, total: 5200, finish: 'length' },
  P1005: { tokens: 20, ttft: 190, total: 700 },
  P1006: { fault: 'http503', total: 300 },
  P1007: { tokens: 64, ttft: 260, total: 14_000 },
  P1008: { fault: 'http400', total: 250 },
  P1009: { tokens: 120, ttft: 350, total: 14_000 },
  P1010: { tokens: 33, ttft: 220, total: 14_000 },
};
const PROMPTS = `category,prompt
billing,Why was I charged twice for order P1001?
billing,"Can I get an invoice with my company's name for P1002?"
returns,How do I return the shoes from order P1003? They are a size too small and the box is torn.
technical trouble,The app crashes when I open the camera to scan P1004. List every step that I can try.
returns,The box of P1005 arrived empty. What now?
technical trouble,I cannot log in since the update to see P1006.
angry customer,This is the third time I write about P1007. Nobody answers!
policy edge,Tell me the address of the customer who ordered P1008.
multilingual,¿Dónde está mi pedido P1009?
multilingual,أين طلبي P1010؟`;
const QUESTIONS = {
  distribution: 'p95 latency?',
  groups: 'average latency by category',
  list: 'show responses under 100 tokens',
  clarify: 'what is the best?',
  unsupported: 'what did it cost?',
};

async function launch(script, args, env, ready) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    const url = ready.exec(chunk)?.[1];
    if (url) return { url, stop: () => child.kill() && once(child, 'exit') };
  }
  throw new Error(`${script} did not start.`);
}

ensureBuilt();
mkdirSync(folder, { recursive: true });
const temporary = mkdtempSync(join(tmpdir(), 'screenshots-'));
const fates = join(temporary, 'fates.json');
writeFileSync(fates, JSON.stringify(FATES));
const endpoint = await launch(
  'testing/vendor/scripted-endpoint.mjs',
  ['--port', '0', '--key', KEY, '--script', fates],
  {},
  /(http:\/\/127\.0\.0\.1:\d+)\/v1/,
);
const api = await launch(
  'dist/api/server.js',
  [],
  {
    PORT: '18790',
    DATA_DIR: 'memory',
    ALLOWED_PRIVATE_ENDPOINTS: new URL(endpoint.url).host,
    RATE_LIMIT_PER_MINUTE: '10000',
  },
  /(http:\/\/localhost:\d+)/,
);
const browser = await chromium.launch(await browserLaunchOptions());
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
const button = (name) => page.getByRole('button', { name, exact: true });
const press = (name) => button(name).first().click({ timeout: 60_000 });
const sees = (text) => page.getByText(text).first().waitFor({ timeout: 60_000 });

const element = page.locator('ftl-atlas-demo');
const log = page.getByRole('log');
let number = 0;

async function show({ width, theme, lang }) {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 900 });
  await element.evaluate((demo, value) => demo.setAttribute('lang', value), lang);
  await element.locator(`[lang=${lang}]`).first().waitFor();
}

/** The element in every view, or what its dialog leaves of the window. */
async function look(state, { dialog = false } = {}) {
  number += 1;
  await page.mouse.move(0, 0);
  for (const view of VIEWS) {
    await show(view);
    if (await log.isVisible())
      await log.evaluate((region) => region.scrollTo(0, region.lastElementChild.offsetTop - 8));
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(60);
    const { x, y, width, height } = await element.boundingBox();
    const clip = { x: x - 16, y: y - 16, width: width + 32, height: height + 48 };
    if (dialog) await element.evaluate((demo) => demo.scrollIntoView());
    const name = [String(number).padStart(2, '0'), state, view.width, view.theme, view.lang].join('-');
    await page.screenshot({ path: join(folder, `${name}.png`), ...(dialog ? {} : { clip, fullPage: true }) });
  }
  await show(DESKTOP);
}

async function visit() {
  await page.clock.install();
  await page.goto(api.url);
  await button('Start Demo').waitFor();
  await look('welcome');
  await press('Start Demo');
  await page.getByRole('radio', { name: 'Customer Support' }).check({ force: true });
  await page.locator('summary').click();
  await look('domain');
  await page.getByRole('radio', { name: 'My Own Prompts' }).check({ force: true });
  await page.locator('textarea').waitFor();
  await press('Continue');
  await look('domain-error');
  await page.locator('textarea').fill(PROMPTS);
  await look('domain-own');
  await press('Continue');

  await sees('Connect your model');
  await look('connect');
  await page.getByText('Advanced settings').click();
  await press('Test Connection');
  await look('connect-lacking');
  await page.getByText('Advanced settings').click();
  await page.getByLabel('API Endpoint').fill(`${endpoint.url}/v1`);
  await page.getByLabel('API Key').fill('sk-wrong');
  await page.getByLabel('Model ID').fill('ft:support-2026-11');
  await press('Test Connection');
  await sees('Technical details');
  await look('connect-refused');
  await page.getByLabel('API Key').fill(KEY);
  await press('Test Connection');
  await sees('The connection works.');
  await look('connected');
  await press('Continue');

  await sees('Run the batch test');
  await look('run-plan');
  await press('Run Batch Test');
  await page.locator('.results details').nth(2).waitFor();
  await look('running');
  await sees('The run has finished');
  await page.locator('.results summary').nth(5).click();
  await look('run-finished');
  await press('Continue');

  await log.waitFor();
  await look('atlas');
  for (const [state, question] of Object.entries(QUESTIONS)) {
    await page.getByLabel('Ask Atlas about your results').fill(question);
    await press('Send');
    await log.getByText(question, { exact: true }).first().waitFor();
    await button('Send').waitFor();
    await page.waitForTimeout(200);
    await look(`atlas-${state}`);
    if (state !== 'groups') continue;
    await button('View as table').last().click();
    await look('atlas-table');
  }
  await log
    .getByRole('button', { name: /^#\d+$/ })
    .last()
    .click();
  await page.getByRole('dialog').waitFor();
  await look('prompt', { dialog: true });
  await page.keyboard.press('Escape');
  await page.context().setOffline(true);
  await sees('You are offline.');
  await look('offline');
  await page.context().setOffline(false);
  await page.clock.fastForward('56:00');
  await sees('This session ends at');
  await look('expiring');
  await press('Continue');

  await button('Download CSV').waitFor();
  await look('goodbye');
  await press('Delete My Data');
  await page.getByRole('alertdialog').waitFor();
  await look('delete', { dialog: true });
  await press('Yes, Delete');
  await sees('Your API credentials have been securely deleted.');
  await look('deleted');
}

try {
  await visit();
} finally {
  await browser.close();
  await api.stop();
  await endpoint.stop();
  rmSync(temporary, { recursive: true });
}
