import type { Fact } from '../plan.js';
import { duration } from './names.js';

/** What is known of the run beside its rows. */
export interface KnownFacts {
  suiteId: string | null;
  modelId: string;
  concurrency: number;
  status: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** The fact in a sentence with the table that holds its figure; null where it isn't known. */
export function factOf(
  fact: Fact,
  run: KnownFacts | null,
): { text: string; name: string; value: string | number } | null {
  if (run === null) return null;
  switch (fact) {
    case 'duration': {
      if (run.startedAt === null || run.finishedAt === null) return null;
      const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
      return { text: `The run took **${duration(ms)}** from start to finish.`, name: 'Duration (ms)', value: ms };
    }
    case 'concurrency':
      return {
        text: `Up to **${run.concurrency}** prompts were in flight at once.`,
        name: 'Concurrency',
        value: run.concurrency,
      };
    case 'model':
      return { text: `The model is **${run.modelId}**.`, name: 'Model', value: run.modelId };
    case 'started':
      return run.startedAt === null
        ? null
        : { text: `The run started at **${run.startedAt}** (UTC).`, name: 'Started', value: run.startedAt };
    case 'finished':
      return run.finishedAt === null
        ? null
        : { text: `The run finished at **${run.finishedAt}** (UTC).`, name: 'Finished', value: run.finishedAt };
    case 'status':
      return { text: `The run is **${run.status}**.`, name: 'Status', value: run.status };
    case 'suite':
      return {
        text: run.suiteId === null ? 'The prompts were your own.' : `The prompts are those of **${run.suiteId}**.`,
        name: 'Suite',
        value: run.suiteId ?? 'own prompts',
      };
  }
}
