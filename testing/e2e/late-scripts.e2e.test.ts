import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { browserLaunchOptions } from '../browser.mjs';
import { type Running, startApi, startPage } from './servers.js';

let api: Running;
let host: Awaited<ReturnType<typeof startPage>>;
let browser: Browser;

beforeAll(async () => {
  api = await startApi({ DATA_DIR: 'memory', LOG_LEVEL: 'warn' });
  host = await startPage(
    `<!doctype html><html lang="en"><title>Host</title><h1>Host</h1>
     <script type="module" src="${api.url}/widget/ftl-atlas-demo.js"></script><ftl-atlas-demo></ftl-atlas-demo></html>`,
  );
  browser = await chromium.launch(await browserLaunchOptions());
});

afterAll(async () => {
  await browser?.close();
  host?.close();
  await api?.stop();
});

test('a script that could not be loaded without the network is loaded on the next attempt', async () => {
  const page = await browser.newPage();
  await page.goto(host.url);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Start Demo' }).waitFor();
  await page.context().setOffline(true);
  await press('Start Demo');
  await page.getByText('The demo could not be loaded.').waitFor();
  await page.context().setOffline(false);
  await press('Start Demo');
  await page.getByRole('heading', { name: 'What is your model for?' }).waitFor();
});
