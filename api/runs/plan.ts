import { LIMITS, UNCATEGORISED } from '../contract/limits.js';
import type { BatchTestRequest, Suite } from '../contract/session.js';
import { storableText } from '../database/storable-text.js';
import { ProblemError } from '../http/problem.js';
import type { Prompt } from './batch.js';

interface RunSettings {
  systemPrompt: string | null;
  concurrency: number;
  maxTokens: number;
  temperature: number | null;
}

/** What a run is to do, before anything has been reserved for it. */
export interface RunPlan extends RunSettings {
  suiteId: string | null;
  prompts: Prompt[];
}

/** An earlier run of the session, which a new one may take up again. */
export interface EarlierRun extends RunSettings {
  suiteId: string | null;
  isGoing: boolean;
  /** `unfinished`: cut off, or never sent. */
  prompts: (Prompt & { unfinished: boolean })[];
}

const DEFAULTS: RunSettings = {
  systemPrompt: null,
  concurrency: LIMITS.concurrency.default,
  maxTokens: LIMITS.maxTokens.default,
  temperature: null,
};

/**
 * Reads a request for a run. `earlier` is the run that it takes up, where it names one of this session's.
 *
 * @throws {ProblemError} `invalid_request` with the field, `not_found`, `run_in_progress`
 */
export function planRun(request: BatchTestRequest, suites: readonly Suite[], earlier: EarlierRun | null): RunPlan {
  requireOneSource(request);
  if (request.suiteId !== undefined) {
    return { ...settings(request, DEFAULTS), suiteId: request.suiteId, prompts: suitePrompts(request.suiteId, suites) };
  }
  if (request.prompts !== undefined) {
    return { ...settings(request, DEFAULTS), suiteId: null, prompts: ownPrompts(request.prompts) };
  }
  if (!earlier) throw new ProblemError('not_found', 'This session has no such run.');
  if (earlier.isGoing) throw new ProblemError('run_in_progress', 'That run is still going. Cancel it, or wait.');
  return { ...settings(request, earlier), suiteId: earlier.suiteId, prompts: resumed(earlier, request.numbers) };
}

function requireOneSource({ suiteId, prompts, resume, numbers }: BatchTestRequest): void {
  const given = [suiteId, prompts, resume].filter((source) => source !== undefined).length;
  if (given !== 1) throw invalid('suiteId', 'Give exactly one of suiteId, prompts and resume.');
  if (numbers !== undefined && resume === undefined) throw invalid('numbers', 'numbers goes with resume only.');
}

function settings(request: BatchTestRequest, otherwise: RunSettings): RunSettings {
  const systemPrompt = request.systemPrompt === undefined ? otherwise.systemPrompt : storableText(request.systemPrompt);
  return {
    systemPrompt: systemPrompt === '' ? null : systemPrompt,
    concurrency: request.concurrency ?? otherwise.concurrency,
    maxTokens: request.maxTokens ?? otherwise.maxTokens,
    temperature: request.temperature ?? otherwise.temperature,
  };
}

function suitePrompts(suiteId: string, suites: readonly Suite[]): Prompt[] {
  const suite = suites.find(({ id }) => id === suiteId);
  if (!suite) throw invalid('suiteId', 'There is no suite of this id. GET /suites lists them.');
  return suite.prompts;
}

function ownPrompts(prompts: NonNullable<BatchTestRequest['prompts']>): Prompt[] {
  return prompts.map(({ prompt, category }, index) => {
    const text = storableText(prompt);
    if (text.trim() === '') throw invalid(`prompts.${index}.prompt`, `Prompt ${index + 1} is empty.`);
    return { number: index + 1, category: storableText(category ?? UNCATEGORISED), prompt: text };
  });
}

function resumed({ prompts }: EarlierRun, numbers: readonly number[] | undefined): Prompt[] {
  const unknown = numbers?.find((number) => !prompts.some((prompt) => prompt.number === number));
  if (unknown !== undefined) throw invalid('numbers', `That run has no prompt ${unknown}.`);
  const chosen = prompts.filter(({ number, unfinished }) => (numbers ? numbers.includes(number) : unfinished));
  if (chosen.length === 0) {
    throw invalid('resume', 'Every prompt of that run has finished. Name those to run again in numbers.');
  }
  return chosen.map(({ number, category, prompt }) => ({ number, category, prompt }));
}

function invalid(field: string, detail: string): ProblemError {
  return new ProblemError('invalid_request', detail, { field });
}
