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
/** Never a good answer. What refuses every prompt is left out: it would end the run before much can happen. */
const BROKEN_OFF = ['reset-mid', 'eof-mid', 'bad-sse', 'mid-error', 'event-error', 'hang-body'];
const FAILED = ['reset', 'hang', 'http400', 'http429ms', 'http500', 'redirect'];

export const isGood = (fault: string): boolean => GOOD.includes(fault);

const prompt = fc.record({
  fault: fc.oneof(fc.constantFrom(...GOOD), fc.constantFrom(...BROKEN_OFF), fc.constantFrom(...FAILED)),
  totalMs: fc.integer({ min: 50, max: 600 }),
});
const after = fc.integer({ min: 50, max: 900 });
const trouble = fc.record({ after, what: fc.constantFrom<Trouble>('drop', 'drop', 'kill', 'cancel', 'start again') });
const some = fc.array(trouble, { maxLength: 2 });
const kill = fc.record({ after, what: fc.constant<Trouble>('kill') });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  prompts: fc.array(prompt, { minLength: 6, maxLength: 10 }),
  concurrency: fc.integer({ min: 1, max: 2 }),
  troubles: fc.tuple(some, kill, some).map(([before, death, later]) => [...before, death, ...later]),
});

/** The same for the same seed. */
export const scenarioOf = (seed: number): Scenario => fc.sample(scenario, { seed, numRuns: 1 })[0]!;
