// Pictures of each step of a visit with the sample model: node scripts/screenshots.mjs FOLDER
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserLaunchOptions } from '../testing/browser.mjs';
import { ensureBuilt, root } from './prepare.mjs';

const folder = process.argv[2] ?? 'screenshots';
const WIDTHS = [320, 720, 1200];
const THEMES = ['light', 'dark'];
const LANGUAGES = [undefined, 'ar'];
const PORT = '18790';
const url = `http://localhost:${PORT}/`;

ensureBuilt();
mkdirSync(folder, { recursive: true });
const api = spawn(process.execPath, ['dist/api/server.js'], {
  cwd: root,
  env: {
    ...process.env,
    PORT,
    DATA_DIR: 'memory',
    SESSIONS_PER_IP: '20',
    RATE_LIMIT_PER_MINUTE: '10000',
    LOG_LEVEL: 'warn',
  },
  stdio: 'inherit',
});
for (let tries = 0; tries < 100; tries += 1) {
  if (
    await fetch(`${url}readyz`).then(
      (r) => r.ok,
      () => false,
    )
  )
    break;
  await new Promise((resolve) => setTimeout(resolve, 200));
}
const browser = await chromium.launch(await browserLaunchOptions());

async function visit(width, theme, lang) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  const button = (name) => page.getByRole('button', { name, exact: true });
  let step = 0;
  const picture = async (name) => {
    step += 1;
    await page.waitForTimeout(350);
    await page.screenshot({
      path: join(folder, `${step}-${name}-${width}-${theme}${lang ? `-${lang}` : ''}.png`),
      fullPage: true,
    });
  };
  await page.goto(url);
  if (lang) {
    await page.locator('ftl-atlas-demo').evaluate((element, value) => element.setAttribute('lang', value), lang);
    await picture('welcome');
    await context.close();
    return;
  }
  await picture('welcome');
  await button('Start Demo').click();
  await page.getByRole('radio', { name: 'Customer Support' }).check({ force: true });
  await picture('domain');
  await button('Continue').click();
  await page.getByLabel('API Endpoint').waitFor();
  await picture('connect');
  await button('Use the Sample Model').click();
  await button('Continue').click();
  await button('Run Batch Test').click();
  await page.waitForTimeout(2500);
  await picture('running');
  await button('Continue').click({ timeout: 60_000 });
  await page.getByRole('log').waitFor();
  await picture('atlas');
  for (const question of ['p95 latency?', 'average latency by category', 'which ones were cut off?']) {
    await page.getByLabel('Ask Atlas about your results').fill(question);
    await button('Send').click();
    await page.waitForTimeout(700);
  }
  await picture('conversation');
  await button('Continue').click();
  await button('Download CSV').waitFor();
  await picture('export');
  await button('Delete My Data').click();
  await button('Yes, Delete').click();
  await page.getByText('Your API credentials have been securely deleted.').waitFor();
  await picture('goodbye');
  await context.close();
}

try {
  for (const lang of LANGUAGES) for (const width of WIDTHS) for (const theme of THEMES) await visit(width, theme, lang);
} finally {
  await browser.close();
  api.kill();
}
