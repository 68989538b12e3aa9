import fc from 'fast-check';

/** What the scripted endpoint does with a prompt. */
export interface ScriptedPrompt {
  fault: string;
  totalMs: number;
}

export interface Scenario {
  prompts: ScriptedPrompt[];
  concurrency: number;
  /** What happens while the run goes on, in this order. */
  troubles: { after: number; what: Trouble }[];
}

/** The socket drops; the server is killed; the visitor cancels, or starts another run beside the first. */
export type Trouble = 'drop' | 'kill' | 'cancel' | 'start again';

/** Odd, and good answers all the same. */
const GOOD = ['', 'split', 'crlf', 'comments', 'nospace', 'no-usage', 'no-done', 'no-finish', 'empty', 'flaky'];
/** Never a good answer: broken off, foreign, refused or silent. */
const BAD = [
  'reset',
  'reset-mid',
  'eof-mid',
  'bad-sse',
  'mid-error',
  'event-error',
  'no-finish',
  'hang',
  'hang-body',
].concat(['http400', 'http401', 'http429ms', 'http500', 'redirect']);

export const isGood = (fault: string): boolean => GOOD.includes(fault);

const prompt = fc.record({
  fault: fc.oneof(fc.constant(''), fc.constantFrom(...GOOD), fc.constantFrom(...BAD)),
  totalMs: fc.integer({ min: 30, max: 700 }),
});
const after = fc.integer({ min: 0, max: 900 });
const trouble = fc.record({ after, what: fc.constantFrom<Trouble>('drop', 'drop', 'kill', 'cancel', 'start again') });
const some = fc.array(trouble, { maxLength: 2 });
const kill = fc.record({ after, what: fc.constant<Trouble>('kill') });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  prompts: fc.array(prompt, { minLength: 4, maxLength: 8 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  troubles: fc.tuple(some, kill, some).map(([before, death, later]) => [...before, death, ...later]),
});

/** The same for the same seed. */
export const scenarioOf = (seed: number): Scenario => fc.sample(scenario, { seed, numRuns: 1 })[0]!;
