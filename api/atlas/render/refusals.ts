import type { Refusal } from '../plan.js';
import { escaped, list, METRIC_NAMES } from './names.js';

const TOPICS: Record<string, string> = {
  cost: 'These results have no prices, so nothing can be said about cost.',
  quality: 'These results measure speed, tokens and outcomes. Nothing in them judges how good or correct an answer is.',
  cause: 'The data show what happened, not why.',
  other_runs: 'Only this run is here: there is nothing to compare it with.',
  other_models: 'Only the tested model’s results are here.',
  future: 'The data show what happened in this run; they predict and advise nothing.',
  key: 'Keys and passwords are no part of the results, and Atlas never sees them.',
  system_prompt: 'Atlas answers questions about the results of this run only.',
  other_people: 'Nothing about people is in these results.',
  settings: 'That was not measured in this run.',
  action: 'Atlas reads results; it changes, sends and runs nothing.',
  chat: 'Atlas only talks about the results of this run.',
  people: 'Nothing about people is in these results.',
  world: 'Only prompts and how they were answered are in these results, nothing of what they speak about.',
};

/** Why there is no answer, in plain words. */
export function refusalText(reason: Refusal): string {
  switch (reason.code) {
    case 'unknown_words':
      return `I do not know what to make of ${list(reason.words.slice(0, 5).map((word) => `“${escaped(word)}”`))} here, so I would rather not guess.`;
    case 'off_topic':
      return TOPICS[reason.topic] ?? 'That is not in the results of this run.';
    case 'no_such_prompt':
      return `There is no prompt ${list(reason.numbers.map(String))} in this run.`;
    case 'no_context':
      return 'That refers to something earlier, and I cannot tell what. Please name the prompts or the figure.';
    case 'not_measured':
      return `This run has no ${METRIC_NAMES[reason.metric]}: the endpoint reported none, or sent its answers in one piece.`;
    case 'no_run_facts':
      return 'That is not known from the results alone.';
    default:
      return 'I know these words but cannot tell what is asked.';
  }
}
