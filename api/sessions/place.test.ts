import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp } from '../../testing/app.js';
import { copyInitialData } from '../../testing/initial-data.js';
import { openDatabase } from '../database/database.js';

const dataDir = mkdtempSync(join(tmpdir(), 'atlas-place-'));
beforeAll(() => copyInitialData(dataDir));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const target = { endpointUrl: 'https://model.example.com/v1', apiKey: 'sk-test', modelId: 'model-a' };

/** One life of a server on the same files, with a master key of its own. */
async function configureOnce(headers: Record<string, string>) {
  const database = await openDatabase({ dataDir });
  const test = await openTestApp({ edges: { database } });
  const response = await test.visitor().request('/configure', { method: 'POST', headers, body: target });
  const addressKeys = (await database.prisma.demoSession.findMany()).map(({ addressKey }) => addressKey);
  await test.close();
  await database.close();
  return { response, addressKeys };
}

it('keeps the place of a living session when the server starts again with another master key', async () => {
  const [here, elsewhere] = ['192.0.2.7', '192.0.2.8'].map((address) => ({ 'x-forwarded-for': address }));
  const first = await configureOnce(here!);
  expect(first.response.statusCode).toBe(201);
  expect(first.addressKeys).toEqual([expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)]);
  const again = await configureOnce(here!);
  expect(again.response.statusCode).toBe(409);
  expect(again.response.json()).toMatchObject({ code: 'session_exists' });
  expect((await configureOnce(elsewhere!)).response.statusCode).toBe(201);
}, 60_000);
