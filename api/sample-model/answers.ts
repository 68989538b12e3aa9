import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { pathFromRoot } from '../root.js';

const FOLDER = pathFromRoot('api/sample-model/answers');

/** What goes wrong on purpose, so that a demo shows failures too. */
export const Failure = Type.Enum(['overloaded', 'rate_limited', 'filtered', 'dropped'], {
  description: 'HTTP 503; HTTP 429; stopped by the content filter; the connection breaks off after the answer',
});
export type Failure = Static<typeof Failure>;

const ScriptedAnswer = Type.Object(
  { prompt: Type.String(), answer: Type.Optional(Type.String()), failure: Type.Optional(Failure) },
  { additionalProperties: false },
);
const answerFile = Compile(Type.Array(ScriptedAnswer));

export interface Answer {
  text: string;
  failure: Failure | null;
}

/** The written answers, by the exact text of their prompt. */
export type Answers = ReadonlyMap<string, Answer>;

/** Reads `answers/*.yaml`. Throws where one of them is not a list of answers. */
export async function loadAnswers(): Promise<Answers> {
  const answers = new Map<string, Answer>();
  for (const name of await readdir(FOLDER)) {
    const entries = answerFile.Parse(parse(await readFile(join(FOLDER, name), 'utf8')));
    for (const { prompt, answer, failure } of entries) {
      answers.set(prompt, { text: answer ?? '', failure: failure ?? null });
    }
  }
  return answers;
}

const SHORT =
  'This is the sample model of the demo. It has ready-made answers to the prompts of the built-in suites, and this is not one of them.';
const NEXT_STEP = 'Connect the endpoint of your own model to see what it makes of this prompt.';
const DETAIL = `What you can still look at here:

- how the answer is streamed, and when its first token arrives,
- how tokens are counted and reported,
- what the report and the exports look like.`;
const GENERIC = [SHORT, `${SHORT} ${NEXT_STEP}`, `${SHORT}\n\n${DETAIL}\n\n${NEXT_STEP}`];

/** The written answer, or one that says that there is none: of three lengths, always the same for the same prompt. */
export function answerTo(prompt: string, answers: Answers): Answer {
  return answers.get(prompt.trim()) ?? { text: GENERIC[prompt.length % GENERIC.length]!, failure: null };
}
