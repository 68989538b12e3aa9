import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './browser.js';
import { startPage } from './servers.js';

const WIDTH = 320;
const scripts = `${inject('apiUrl')}/widget`;
const MODULE = `<script type="module" src="${scripts}/ftl-atlas-demo.js"></script>`;
const DEMO = '<ftl-atlas-demo domain="customer_support"></ftl-atlas-demo>';

const pageOf = (head: string, body = MODULE + DEMO, attributes = 'lang="en"') =>
  `<!doctype html><html ${attributes}><head><title>Page</title>${head}</head><body>${body}</body></html>`;
const written = (tag: string) => `<script>document.write('${tag.replace('</', "</' + '")}')</script>`;

/** What people who have never read the manual put the element into. */
const PAGES: Record<string, string> = {
  'that reverts all': pageOf('<style>* { all: revert }</style>'),
  'that unsets all, importantly': pageOf(
    '<style>* { all: unset !important } head { display: none !important }</style>',
  ),
  'whose rem is 10 px': pageOf('<style>html { font-size: 62.5% } body { font-size: 1.6rem }</style>'),
  'in quirks mode': MODULE + DEMO,
  'from right to left, though in English': pageOf('', MODULE + DEMO, 'lang="en" dir="rtl"'),
  'with another base': pageOf('<base href="https://elsewhere.example/a/b/">'),
  'that snaps as it scrolls': pageOf(
    '<style>html { scroll-snap-type: y mandatory } section { min-height: 100vh; scroll-snap-align: start }</style>',
    `${MODULE}<section>One</section><section>${DEMO}</section><section>Three</section>`,
  ),
  'that writes the script’s tag itself': pageOf(written(MODULE), DEMO),
  'that writes the single file’s tag itself': pageOf(
    written(`<script defer src="${scripts}/ftl-atlas-demo.iife.js"></script>`),
    DEMO,
  ),
  'with a narrow column beside a fixed one': pageOf(
    '',
    `${MODULE}<div style="display: flex"><nav style="flex: none; width: 60px">Nav</nav><main>${DEMO}</main></div>`,
  ),
  'that shows it in a modal dialog': pageOf(
    '',
    `${MODULE}<dialog>${DEMO}</dialog><script>document.querySelector('dialog').showModal()</script>`,
  ),
  'whose objects all have more in them': pageOf(
    '<script>Object.prototype.extra = () => 1; Array.prototype.last = function () { return this[0] }</script>',
  ),
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('on a page', () => {
  test.concurrent.each(Object.entries(PAGES))(
    '%s, it works, can be read, and sticks out nowhere',
    async (_what, html) => {
      const site = await startPage(html);
      const page = await browser.newPage({ viewport: { width: WIDTH, height: 700 } });
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(site.url);
      for (const name of ['Start Demo', 'Continue']) await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('heading', { name: 'Connect your model' }).waitFor();
      const seen = await page.evaluate<Record<string, number>>(`(() => {
      const { shadowRoot } = document.querySelector('ftl-atlas-demo');
      const step = shadowRoot.querySelector('ftl-connect-step').shadowRoot;
      const names = [...shadowRoot.querySelectorAll('.progress .name')];
      return {
        wide: shadowRoot.querySelector('.frame').offsetWidth,
        beyond: document.scrollingElement.scrollWidth - innerWidth,
        text: parseFloat(getComputedStyle(step.querySelector('.lead')).fontSize),
        target: step.querySelector('.button').offsetHeight,
        names: names.filter((name) => name.checkVisibility()).length,
      };
    })()`);
      expect(seen.wide).toBeGreaterThan(200);
      expect(seen.beyond).toBeLessThanOrEqual(0);
      expect(seen.text).toBeGreaterThanOrEqual(14);
      expect(seen.target).toBeGreaterThanOrEqual(24);
      // The steps' names fit beside each other in wider elements only.
      expect(seen.names).toBe(1);
      expect(errors).toEqual([]);
      await page.close();
      site.close();
    },
  );
});
