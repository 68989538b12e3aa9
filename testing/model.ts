import { once } from 'node:events';
import type { ModelClient } from '../api/model/client.js';
import type { CallOutcome, Complete } from '../api/results/call.js';
import { agreeableModelClient } from './app.js';
import { outcome } from './outcome.js';

/** A model client whose connection test passes, and whose calls end as told. Aborted calls end as the real ones do. */
export function modelThat(complete: Complete): ModelClient {
  return {
    ...agreeableModelClient,
    connect: () => ({
      async complete(request, options) {
        if (options.signal.aborted) return outcome('cancelled', { calls: 0 });
        const ended = new AbortController();
        const cut = once(AbortSignal.any([options.signal, ended.signal]), 'abort').then(() => outcome('cancelled'));
        try {
          return await Promise.race([complete(request, options), cut]);
        } finally {
          ended.abort();
        }
      },
      close: async () => {},
    }),
  };
}

/** A model that answers nothing until it is told to, prompt by prompt. */
export function patientModel() {
  const waiting = new Map<string, (outcome: CallOutcome) => void>();
  const asked: string[] = [];
  const client = modelThat(({ prompt }) => {
    asked.push(prompt);
    return new Promise((resolve) => waiting.set(prompt, resolve));
  });
  return {
    client,
    /** The prompts that reached the model, in their order, repetitions included. */
    asked,
    async answer(prompt: string, ending: CallOutcome = outcome(null)): Promise<void> {
      await until(() => waiting.has(prompt));
      waiting.get(prompt)!(ending);
      waiting.delete(prompt);
    },
  };
}

/** Waits for something that has no event. @throws once patience is over */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 10_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it never happened: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
