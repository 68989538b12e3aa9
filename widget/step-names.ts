/** The steps of the visit, in order. */
export const STEPS = ['welcome', 'domain', 'connect', 'run', 'atlas', 'goodbye'] as const;
export type StepName = (typeof STEPS)[number];
