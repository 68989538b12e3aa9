import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedDatabase } from '../../testing/database.js';
import { modelThat, until } from '../../testing/model.js';
import { outcome } from '../../testing/outcome.js';
import type { AppDeps } from '../app.js';
import { readConfig } from '../config.js';
import type { ProblemError } from '../http/problem.js';
import type { ModelClient } from '../model/client.js';
import { wire } from '../wiring.js';

const OLD = { endpointUrl: 'https://old.example.com/v1', apiKey: 'sk-old', modelId: 'old' };
const NEW = { endpointUrl: 'https://new.example.com/v1', apiKey: 'sk-new', modelId: 'new' };

/** Slow enough that a run is still going when its model would be replaced. */
const slowModel = modelThat(async () => {
  await sleep(50);
  return outcome(null);
});
/** With what runs went to their model. */
const connected: object[] = [];
/** Told when the test of a new model is done: what follows is storing it. */
let onTested = () => {};
const modelClient: ModelClient = {
  async test(target, signal) {
    onTested();
    return slowModel.test(target, signal);
  },
  connect({ endpointUrl, apiKey, modelId, profile }) {
    connected.push({ endpointUrl, apiKey, modelId });
    return slowModel.connect({ endpointUrl, apiKey, modelId, profile });
  },
};

let deps: AppDeps;
beforeAll(async () => {
  deps = await wire(readConfig({ LOG_LEVEL: 'silent' }), { database: await sharedDatabase(), modelClient });
});
afterAll(async () => {
  await deps.runs.drain(0);
  await deps.close();
});

/** A run starts so many ticks after its model's replacement has been tested, and before or after it is stored. */
async function race(ticks: number) {
  const { sessions, runs } = deps;
  const opened = await sessions.open(`race ${ticks}`, OLD);
  const session = { sessionId: opened.sessionId, token: opened.sessionToken, expiresAt: new Date(opened.expiresAt) };
  connected.length = 0;
  const tested = new Promise<void>((resolve) => {
    onTested = resolve;
  });
  const replacing = sessions.replaceModel(session, NEW).catch((error: ProblemError) => error.code);
  await tested;
  for (let tick = 0; tick < ticks; tick += 1) await null;
  const run = await runs.start(session, { prompts: [{ prompt: 'a' }] });
  const isReplaced = (await replacing) !== 'run_in_progress';
  await until(async () => (await runs.get(session, run.runId)).finishedAt !== null);
  const snapshot = await sessions.snapshot(session.sessionId);
  return { isReplaced, run, keyIsStored: snapshot!.session.credentials.stored };
}

it('a run that starts while its model is replaced takes the one or the other whole, and deletes no key but its own', async () => {
  const outcomes = new Set<boolean>();
  for (let ticks = 0; ticks < 60; ticks += 4) {
    const { isReplaced, run, keyIsStored } = await race(ticks);
    // The model cannot be replaced during a run: where it was, it was before.
    expect(connected).toEqual([isReplaced ? NEW : OLD]);
    expect(run.modelId).toBe(isReplaced ? 'new' : 'old');
    expect(keyIsStored).toBe(false);
    outcomes.add(isReplaced);
  }
  expect(outcomes.size).toBe(2);
});
