import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './browser.js';
import { startPage } from './servers.js';

const FILE = 'ftl-atlas-demo.iife.js';

const apiUrl = inject('apiUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
});

/** A classic page of another origin that binds the single file to a hash. */
const pageWith = (integrity: string) =>
  startPage(
    `<!doctype html><html lang="de"><title>Partner</title>
     <script defer src="${apiUrl}/widget/${FILE}" integrity="${integrity}" crossorigin="anonymous"></script>
     <ftl-atlas-demo></ftl-atlas-demo></html>`,
  );

describe('the single file', () => {
  test('runs under the hash that the build has written down, and loads no other script', async () => {
    const integrities = JSON.parse(readFileSync('dist/widget/sri.json', 'utf8')) as Record<string, string>;
    const page = await pageWith(integrities[FILE] ?? '');
    const visitor = await browser.newPage();
    const scripts: string[] = [];
    visitor.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await visitor.goto(page.url);
    await visitor.getByRole('button', { name: 'Demo starten' }).click();
    await visitor.getByRole('radio').first().waitFor({ state: 'attached' });
    expect(scripts).toEqual([`${apiUrl}/widget/${FILE}`]);
    await visitor.close();
    page.close();
  });

  test('is refused by the browser under any other hash', async () => {
    const page = await pageWith(`sha384-${'A'.repeat(64)}`);
    const visitor = await browser.newPage();
    await visitor.goto(page.url);
    expect(await visitor.evaluate('Boolean(customElements.get("ftl-atlas-demo"))')).toBe(false);
    await visitor.close();
    page.close();
  });
});
