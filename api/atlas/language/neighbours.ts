import type { Literal } from './literals/literal.js';
import { readLiteral } from './literals/literals.js';
import type { Token } from './tokens.js';

const STEPS: Record<string, number> = { after: 1, following: 1, before: -1, preceding: -1 };
const ONE_PROMPT =
  /\b(prompt|one|question|request|row|entry|what|which|who)( (come|came|comes|is|was|ran|went|directly|right|immediately|just|straight))*$/;

/** "the prompt right after prompt 4" is prompt 5. "Did it slow down after prompt 4" is not read, rather than of prompt 4. */
export function readNeighbour(tokens: readonly Token[], at: number): Literal | null {
  const word = tokens[at]?.text ?? '';
  const step = STEPS[word];
  const named = step === undefined ? null : readLiteral(tokens, at + 1);
  if (step === undefined || named?.tag.kind !== 'prompts') return null;
  const [number, ...more] = named.tag.numbers;
  const before = tokens.slice(Math.max(0, at - 5), at).map(({ text }) => text);
  if (number === undefined || more.length > 0 || !ONE_PROMPT.test(before.join(' ')))
    return { tag: { kind: 'unknown', word, english: true }, end: at + 1 };
  return { tag: { kind: 'prompts', numbers: [number + step] }, end: named.end };
}
