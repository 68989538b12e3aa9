import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { DOMAINS } from '../contract/limits.js';
import type { Suite } from '../contract/session.js';
import { SuiteFile } from './suite-file.js';

const suiteFile = Compile(SuiteFile);

/** A suite file that can't be used. The message names the file, the line where one is known, and what is wrong. */
export class SuiteError extends Error {
  override name = 'SuiteError';
}

/**
 * All suites of a folder, in the order of the domains and then of their ids.
 * Throws SuiteError where a file is not a suite, an id is used twice, or there is no suite at all.
 */
export async function loadSuites(dir: string): Promise<Suite[]> {
  const names = (await fileNames(dir)).filter((name) => /\.ya?ml$/.test(name));
  if (names.length === 0) throw new SuiteError(`${dir}: no suite (*.yaml) here`);

  const suites: Suite[] = [];
  for (const name of names) {
    const path = join(dir, name);
    const suite = parseSuite(await readFile(path, 'utf8'), path);
    if (suites.some((other) => other.id === suite.id)) {
      throw new SuiteError(`${path}: id "${suite.id}" is already the id of another suite`);
    }
    suites.push(suite);
  }
  return suites.sort(byDomainThenId);
}

function byDomainThenId(a: Suite, b: Suite): number {
  return DOMAINS.indexOf(a.domain) - DOMAINS.indexOf(b.domain) || a.id.localeCompare(b.id);
}

async function fileNames(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (cause) {
    throw new SuiteError(`${dir}: can't be read as a folder of suites`, { cause });
  }
}

/** Reads one suite; `path` is for messages only. */
export function parseSuite(text: string, path: string): Suite {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });

  const syntaxError = document.errors[0];
  if (syntaxError) {
    const { line } = lineCounter.linePos(syntaxError.pos[0]);
    throw new SuiteError(`${path}:${line}: ${syntaxError.message}`, { cause: syntaxError });
  }

  const content: unknown = document.toJS();
  const [fault] = suiteFile.Errors(content);
  if (fault) throw new SuiteError(`${path}:${lineOf(fault, document, lineCounter)}: ${describe(fault)}`);

  const file = suiteFile.Parse(content);
  return { ...file, prompts: file.prompts.map((prompt, index) => ({ number: index + 1, ...prompt })) };
}

/** The line of the faulty value, or of the nearest thing around it. */
function lineOf(fault: TLocalizedValidationError, document: Document, lineCounter: LineCounter): number {
  const path = pathOf(fault);
  while (path.length > 0 && !document.hasIn(path)) path.pop();
  const node = document.getIn(path, true);
  return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : 1;
}

function pathOf(fault: TLocalizedValidationError): string[] {
  return fault.instancePath.split('/').slice(1);
}

function describe(fault: TLocalizedValidationError): string {
  const place = pathOf(fault).join('.') || 'the suite';
  switch (fault.keyword) {
    case 'boolean':
      return `${place} is not a key that a suite has`;
    case 'enum':
      return `${place} must be one of ${fault.params.allowedValues.join(', ')}`;
    default:
      return `${place} ${fault.message}`;
  }
}
