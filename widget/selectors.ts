import { LIMITS } from '../api/contract/limits.js';
import type { Row, Run } from '../api/contract/row.js';
import type { BatchTestRequest, Session, Suite } from '../api/contract/session.js';
import type { ConnectForm, State } from './state.js';
import type { StepName } from './step-names.js';

/** What follows from the state, and from what the server says. Pure. */

/** The suite that the visitor has chosen; null for own prompts, or before a choice. */
export function chosenSuite({ choice, suites }: Pick<State, 'choice' | 'suites'>): Suite | null {
  const ofDomain = suites.filter((suite) => suite.domain === choice.domain);
  return ofDomain.find((suite) => suite.id === choice.suiteId) ?? ofDomain[0] ?? null;
}

/** Prompts that may still run: what the session has left or, before there is one, what a session starts with. */
export function promptsLeft({ session, config }: Pick<State, 'session' | 'config'>): number {
  return session?.promptsLeft ?? config?.limits.promptsPerSession ?? 0;
}

/** By the server's clock, in milliseconds: a wrong clock on this machine does not matter. */
export const serverNow = ({ clockOffsetMs }: Pick<State, 'clockOffsetMs'>): number => Date.now() + (clockOffsetMs ?? 0);

export const isRunning = (run: Run | null): boolean => run?.status === 'running' || run?.status === 'queued';

/** Whether a run would differ from one with the form's defaults. */
export function hasSettings({ systemPrompt, concurrency, maxTokens, temperature }: ConnectForm): boolean {
  const standard = concurrency === LIMITS.concurrency.default && maxTokens === LIMITS.maxTokens.default;
  return systemPrompt.trim() !== '' || temperature !== null || !standard;
}

/** What `POST /batch-test` is asked for: a retry where one is wanted, else the chosen prompts with the form's settings. */
export function runRequest(state: State): BatchTestRequest {
  const { systemPrompt, concurrency, maxTokens, temperature } = state.form;
  const options = {
    concurrency,
    maxTokens,
    ...(systemPrompt.trim() && { systemPrompt }),
    ...(temperature !== null && { temperature }),
  };
  if (state.retry) return { ...state.retry, ...options };
  const suite = chosenSuite(state);
  return suite ? { suiteId: suite.id, ...options } : { prompts: state.choice.ownPrompts?.prompts ?? [], ...options };
}

/** Where a reloaded page takes up: never ahead of what the session has, and always beside a run that goes on. */
export function resumeStep(stored: StepName, session: Session, promptsKnown: boolean): StepName {
  if (isRunning(session.run)) return 'run';
  if (session.run) return stored === 'welcome' ? 'run' : stored;
  if (!promptsKnown) return 'domain';
  return stored === 'run' && session.credentials.stored ? 'run' : 'connect';
}

export const hasFailed = ({ status }: Row): boolean => status === 'error' || status === 'timeout';

/** Prompts of a finished run that are worth sending again. */
export const failedNumbers = (run: Run): number[] => run.results.filter(hasFailed).map((row) => row.number);

/** How many prompts of a run have not been sent, or not been answered when it ended. */
export const unfinishedCount = (run: Run): number =>
  run.total - run.results.filter((row) => row.status !== 'cancelled').length;
