import { STEPS, type StepName } from '../step-names.js';

const SCRIPTS: Readonly<Record<StepName, () => Promise<unknown>>> = {
  welcome: async () => {},
  domain: () => import('./domain-step.js'),
  connect: () => import('./connect-step.js'),
  run: () => import('./run-step.js'),
  atlas: () => import('./atlas-step.js'),
  goodbye: () => import('./goodbye-step.js'),
};

/** Loads a step's script, then begins with the next one's, so that `Continue` need not wait. */
export async function loadStep(step: StepName): Promise<void> {
  await SCRIPTS[step]();
  const next = STEPS[STEPS.indexOf(step) + 1];
  // Only in advance: where it fails, the step is loaded when it is reached, and that failure is shown.
  if (next) SCRIPTS[next]().catch(() => {});
}
