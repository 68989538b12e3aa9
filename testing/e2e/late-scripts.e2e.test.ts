import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { openBrowser } from './browser.js';
import { startPage } from './servers.js';

let host: Awaited<ReturnType<typeof startPage>>;
let browser: Browser;

beforeAll(async () => {
  host = await startPage(
    `<!doctype html><html lang="en"><title>Host</title><h1>Host</h1>
     <script type="module" src="${inject('apiUrl')}/widget/ftl-atlas-demo.js"></script><ftl-atlas-demo></ftl-atlas-demo></html>`,
  );
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  host?.close();
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
