import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../api/database/database.js';
import { copyInitialData } from '../initial-data.js';
import { openBrowser } from './browser.js';
import { type Running, startApi, startEndpoint, startPage } from './servers.js';

const KEY = 'sk-canary/e2e+7f3a91c5d2b8';
const QUESTIONS = [
  'p95 latency?',
  'which ones were cut off?',
  'show responses under 100 tokens',
  'any errors?',
  'and only the billing ones?',
];

let api: Running;
let endpoint: Running;
let page: { url: string; close(): void };
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'atlas-visit-'));
const dataDir = join(folder, 'data');

const serve = (port?: string) =>
  startApi({
    ...(port && { PORT: port }),
    DATA_DIR: dataDir,
    ALLOWED_PRIVATE_ENDPOINTS: new URL(endpoint.url).host,
    SESSIONS_PER_IP: '2',
    RATE_LIMIT_PER_MINUTE: '1000',
    LOG_LEVEL: 'debug',
  });

beforeAll(async () => {
  copyInitialData(dataDir);
  endpoint = await startEndpoint(KEY);
  api = await serve();
  page = await startPage(
    `<!doctype html><html lang="en"><title>Partner</title><h1>Partner</h1>
     <script type="module" src="${api.url}/widget/ftl-atlas-demo.js"></script><ftl-atlas-demo></ftl-atlas-demo></html>`,
  );
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  page?.close();
  await api?.stop();
  await endpoint?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const button = (visitor: Page, name: string) => visitor.getByRole('button', { name, exact: true });

async function chooseDomain(visitor: Page) {
  await visitor.goto(page.url);
  await button(visitor, 'Start Demo').click();
  await visitor.getByRole('radio', { name: 'Customer Support' }).check({ force: true });
  await button(visitor, 'Continue').click();
}

async function connectEndpoint(visitor: Page) {
  await visitor.getByLabel('API Endpoint').fill(`${endpoint.url}/v1`);
  await visitor.getByLabel('API Key').fill(KEY);
  await visitor.getByLabel('Model ID').fill('sim:ttft=20,total=120,tokens=48');
  await button(visitor, 'Test Connection').click();
}

async function runBatch(visitor: Page) {
  await button(visitor, 'Continue').click();
  await button(visitor, 'Run Batch Test').click();
  await visitor.getByRole('progressbar').first().waitFor();
  await button(visitor, 'Continue').click({ timeout: 60_000 });
}

const conversation = async (visitor: Page) => (await visitor.getByRole('log').textContent()) ?? '';

async function askAtlas(visitor: Page, question: string): Promise<string> {
  const before = (await conversation(visitor)).length;
  await visitor.getByLabel('Ask Atlas about your results').fill(question);
  await button(visitor, 'Send').click();
  const answered = async () => (await conversation(visitor)).length;
  await expect.poll(answered, { timeout: 10_000 }).toBeGreaterThan(before + question.length + 10);
  await button(visitor, 'Send').waitFor();
  return (await conversation(visitor)).slice(before);
}

async function download(visitor: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([visitor.waitForEvent('download'), button(visitor, name).click()]);
  return buffer(await file.createReadStream());
}

/** The session token, once the page has one. */
async function tokenOf(visitor: Page): Promise<string> {
  const find = async () =>
    /[\w-]{40,}/.exec(await visitor.evaluate<string>('Object.values(sessionStorage).join(" ")'))?.[0];
  await expect.poll(find, { timeout: 10_000 }).toBeDefined();
  return (await find()) as string;
}

const statusWith = (token: string) =>
  fetch(`${api.url}/api/demo/v2/session`, { headers: { authorization: `Bearer ${token}` } }).then((r) => r.status);

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** The scripts that the limit on a whole visit's size is about. */
function countedAsVisit(): string[] {
  const limits = createRequire(import.meta.url)('../../.size-limit.cjs') as { name: string; path: string[] }[];
  const visit = limits.find(({ name }) => name.startsWith('whole visit'));
  return (visit?.path ?? []).map((path) => path.replace(/^dist/, '')).sort();
}

const disguises = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
];

describe('a visit on a page of another origin', () => {
  const tokens: string[] = [];
  /** What the servers that were killed had printed. */
  const outputs: string[] = [];

  test('goes from Start Demo through a run, five questions and four downloads to a dead token, in two minutes', async () => {
    const started = Date.now();
    const visitor = await browser.newPage();
    const errors: string[] = [];
    visitor.on('pageerror', (error) => errors.push(error.message));
    const loaded = new Set<string>();
    visitor.on('request', (request) => loaded.add(new URL(request.url()).pathname));

    await chooseDomain(visitor);
    await connectEndpoint(visitor);
    await runBatch(visitor);
    const token = await tokenOf(visitor);
    expect(await statusWith(token)).toBe(200);
    tokens.push(token);

    for (const question of QUESTIONS) expect((await askAtlas(visitor, question)).length).toBeGreaterThan(20);

    await button(visitor, 'Continue').click();
    expect((await download(visitor, 'Download PDF Report')).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await download(visitor, 'Download CSV')).toString()).toContain('latencyMs');
    expect((await download(visitor, 'Download Excel')).subarray(0, 2).toString()).toBe('PK');
    const json = JSON.parse((await download(visitor, 'Download JSON')).toString());
    expect(json.results).toHaveLength(10);
    expect(json.results.every((row: { status: string }) => row.status === 'ok')).toBe(true);

    await button(visitor, 'Delete My Data').click();
    await button(visitor, 'Yes, Delete').click();
    await visitor.getByRole('heading', { name: 'All done.' }).waitFor();
    await visitor.getByText('Your API credentials have been securely deleted.').waitFor();
    expect(await statusWith(token)).toBe(401);
    expect(errors).toEqual([]);
    expect(Date.now() - started).toBeLessThan(120_000);
    expect([...loaded].filter((path) => path.startsWith('/widget/')).sort()).toEqual(countedAsVisit());
    await visitor.close();
  });

  test('needs at most 40 kB of scripts as they are sent, a failed prompt and its explanation included', async () => {
    const context = await browser.newContext();
    const visitor = await context.newPage();
    const scripts: Promise<number>[] = [];
    visitor.on('requestfinished', (request) => {
      if (!new URL(request.url()).pathname.startsWith('/widget/')) return;
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await chooseDomain(visitor);
    await button(visitor, 'Use the Sample Model').click();
    await runBatch(visitor);
    tokens.push(await tokenOf(visitor));
    for (const question of ['any errors?', 'show a chart of the latency by category', 'show all prompts as a table']) {
      await askAtlas(visitor, question);
    }
    await button(visitor, 'Back').click();
    await visitor.getByText('Failed', { exact: true }).last().click();
    await visitor.getByRole('button', { name: 'Retry this prompt' }).waitFor();
    await button(visitor, 'Continue').click();
    await button(visitor, 'Continue').click();
    await download(visitor, 'Download CSV');
    await button(visitor, 'Delete My Data').click();
    await button(visitor, 'Yes, Delete').click();
    await visitor.getByText('Your API credentials have been securely deleted.').waitFor();

    const sizes = await Promise.all(scripts);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000);
    await context.close();
  });

  test('works with the sample model, and a second visitor at the same time sees nothing of it', async () => {
    const [first, second] = await Promise.all([browser.newContext(), browser.newContext()]);
    const [visitor, stranger] = [await first.newPage(), await second.newPage()];
    await chooseDomain(visitor);
    await button(visitor, 'Use the Sample Model').click();
    await runBatch(visitor);
    await askAtlas(visitor, 'p95 latency?');
    tokens.push(await tokenOf(visitor));

    await chooseDomain(stranger);
    await connectEndpoint(stranger);
    await button(stranger, 'Continue').click();
    tokens.push(await tokenOf(stranger));
    const seen = await fetch(`${api.url}/api/demo/v2/session`, {
      headers: { authorization: `Bearer ${tokens.at(-1)}` },
    });
    expect(await seen.json()).toMatchObject({ run: null, messages: [] });
    expect(tokens.at(-1)).not.toBe(tokens.at(-2));

    for (const token of tokens.slice(-2)) {
      await fetch(`${api.url}/api/demo/v2/cleanup`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    }
    await Promise.all([first.close(), second.close()]);
  });

  test('goes on after the server was killed in the middle of a run, and asks for what is left alone', async () => {
    const visitor = await browser.newPage();
    const answered = ['P41', 'P42'];
    const cut = ['P43', 'P44', 'P45', 'P46'];
    const unsent = ['P47', 'P48'];
    const prompts = [...answered, ...cut.map((id) => `${id} [[total=3000]]`), ...unsent];
    await visitor.goto(page.url);
    await button(visitor, 'Start Demo').click();
    await visitor.getByRole('radio', { name: 'My Own Prompts' }).check({ force: true });
    await visitor.getByLabel('Your Prompts').fill(prompts.join('\n'));
    await button(visitor, 'Continue').click();
    await connectEndpoint(visitor);
    await button(visitor, 'Continue').click();
    await button(visitor, 'Run Batch Test').click();
    await visitor.getByText('2 of 8').waitFor();
    tokens.push(await tokenOf(visitor));
    await api.stop('SIGKILL');
    outputs.push(api.output());
    const lost = visitor.locator('.notice').getByText('The connection was lost.');
    await lost.waitFor();
    api = await serve(new URL(api.url).port);

    const told = (text: string) => visitor.locator('.notice').getByText(text);
    await visitor.getByRole('heading', { name: 'The run was interrupted' }).waitFor();
    await visitor.getByText('The server went away during the run. What had finished is kept.').waitFor();
    await told('2 answered, 0 failed.').waitFor();
    await lost.waitFor({ state: 'hidden' });
    await told('Enter it again to run more prompts.').waitFor();
    await button(visitor, 'Run the 6 unfinished prompts').click();
    await visitor.getByRole('heading', { name: 'Connect your model' }).waitFor();
    await told('Enter it again to run more prompts.').waitFor();
    await visitor.getByLabel('API Key').fill(KEY);
    await button(visitor, 'Continue').click();
    await told('The next run replaces the results that you have now.').waitFor();
    await button(visitor, 'See the Last Results').click();
    await told('2 answered, 0 failed.').waitFor();
    await button(visitor, 'Run the 6 unfinished prompts').click();
    await told('6 answered, 0 failed.').waitFor();

    const log = (await (await fetch(`${endpoint.url}/__log`)).text()).trim().split('\n');
    const asked = log.map((line) => (JSON.parse(line) as { id?: string }).id);
    const timesAsked = (ids: string[]) => ids.map((id) => asked.filter((other) => other === id).length);
    expect({ answered: timesAsked(answered), cut: timesAsked(cut), unsent: timesAsked(unsent) }).toEqual({
      answered: [1, 1],
      cut: [2, 2, 2, 2],
      unsent: [1, 1],
    });
    await button(visitor, 'Delete My Data').click();
    await button(visitor, 'Yes, Delete').click();
    await visitor.getByRole('heading', { name: 'All done.' }).waitFor();
    await visitor.close();
  });

  test('leaves nothing in the database, and neither key nor token in a log or a file', async () => {
    await api.stop();
    const database = await openDatabase({ dataDir });
    const { prisma } = database;
    const counts = await Promise.all([
      prisma.demoSession.count(),
      prisma.demoModelConfig.count(),
      prisma.demoBatchTestRun.count(),
      prisma.demoBatchTestResult.count(),
      prisma.demoRunEvent.count(),
      prisma.demoAtlasMessage.count(),
    ]);
    await database.close();
    expect(counts).toEqual([0, 0, 0, 0, 0, 0]);

    const places = [
      ...outputs,
      api.output(),
      ...filesBelow(dataDir).map((file) => readFileSync(file).toString('latin1')),
    ];
    expect(existsSync(dataDir) && places.length > 10).toBe(true);
    for (const secret of [KEY, ...tokens].flatMap(disguises)) {
      expect(places.some((text) => text.includes(secret))).toBe(false);
    }
  });
});
