import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOMAINS } from '../contract/limits.js';
import { loadSuites, parseSuite } from './load.js';
import { suiteRoutes } from './routes.js';
import { SuiteFile } from './suite-file.js';

const SHIPPED = fileURLToPath(new URL('../../suites/', import.meta.url));

const MINIMAL = `id: minimal
domain: qa_knowledge
name: Minimal
description: One prompt.
prompts:
  - category: facts
    prompt: Why?
`;

describe('the shipped suites', () => {
  it('cover every domain with at least ten prompts in four to six categories each', async () => {
    const suites = await loadSuites(SHIPPED);

    expect(new Set(suites.map((suite) => suite.domain))).toEqual(new Set(DOMAINS));
    for (const { id, prompts } of suites) {
      const categories = new Set(prompts.map((prompt) => prompt.category));
      expect(prompts.length, id).toBeGreaterThanOrEqual(10);
      expect(categories.size, id).toBeGreaterThanOrEqual(4);
      expect(categories.size, id).toBeLessThanOrEqual(6);
    }
  });

  it('come in the order of the domains, with prompts numbered from 1', async () => {
    const suites = await loadSuites(SHIPPED);

    expect(suites.map((suite) => suite.id)).toEqual([
      'customer-support',
      'customer-support-hard-cases',
      'code-generation',
      'qa-knowledge',
      'creative-writing',
    ]);
    for (const { prompts } of suites) {
      expect(prompts.map((prompt) => prompt.number)).toEqual(prompts.map((_, index) => index + 1));
    }
  });

  it('never repeat a prompt', async () => {
    const prompts = (await loadSuites(SHIPPED)).flatMap((suite) => suite.prompts.map(({ prompt }) => prompt));
    expect(new Set(prompts).size).toBe(prompts.length);
  });

  it('have the schema that editors read', async () => {
    const { $schema, ...schema } = JSON.parse(await readFile(join(SHIPPED, 'suite.schema.json'), 'utf8'));
    expect(schema, 'write it anew: npx tsx api/suites/cli.ts').toEqual(JSON.parse(JSON.stringify(SuiteFile)));
  });
});

describe('a faulty suite file is refused with its place', () => {
  it.each([
    ['broken YAML', MINIMAL.replace('name: Minimal', 'name: [Minimal'), /^a\.yaml:\d+: /],
    ['a missing key', MINIMAL.replace('name: Minimal\n', ''), /^a\.yaml:1: the suite must have .* name$/],
    [
      'an unknown domain',
      MINIMAL.replace('qa_knowledge', 'cooking'),
      /^a\.yaml:2: domain must be one of customer_support, /,
    ],
    ['an empty prompt', MINIMAL.replace('Why?', '""'), /^a\.yaml:7: prompts\.0\.prompt must not have fewer than 1/],
    [
      'a misspelt key',
      MINIMAL.replace('  - category', '  - categroy: x\n    category'),
      /^a\.yaml:6: prompts\.0\.categroy is not a key/,
    ],
    ['an id with spaces', MINIMAL.replace('id: minimal', 'id: my suite'), /^a\.yaml:1: id must match/],
    [
      'a number of its own',
      MINIMAL.replace('Why?', 'Why?\n    number: 7'),
      /^a\.yaml:8: prompts\.0\.number is not a key/,
    ],
    ['an empty file', '', /^a\.yaml:1: the suite must be object$/],
  ])('%s', (_, text, message) => {
    expect(() => parseSuite(text, 'a.yaml')).toThrow(message);
  });
});

describe('a folder of suites', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'suites-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is refused when it is missing or has no suite', async () => {
    await expect(loadSuites(dir)).rejects.toThrow(`${dir}: no suite`);
    await expect(loadSuites(join(dir, 'nowhere'))).rejects.toThrow("nowhere: can't be read");
  });

  it('is refused when two suites have one id', async () => {
    await writeFile(join(dir, 'a.yaml'), MINIMAL);
    await writeFile(join(dir, 'b.yaml'), MINIMAL);
    await expect(loadSuites(dir)).rejects.toThrow(/[ab]\.yaml: id "minimal" is already/);
  });

  it('may hold other files beside the suites', async () => {
    await cp(join(SHIPPED, 'suite.schema.json'), join(dir, 'suite.schema.json'));
    await writeFile(join(dir, 'own.yml'), MINIMAL);
    await expect(loadSuites(dir)).resolves.toMatchObject([{ id: 'minimal', prompts: [{ number: 1 }] }]);
  });
});

it('GET /suites answers with all suites', async () => {
  const suites = await loadSuites(SHIPPED);
  const app = Fastify();
  await app.register(suiteRoutes, { suites });

  const response = await app.inject('/api/demo/v2/suites');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ suites });
  await app.close();
});
