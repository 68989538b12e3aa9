import type { Answer } from '../api/contract/answer.js';
import type { ErrorType, ProblemCode } from '../api/contract/errors.js';
import type { ExportFormat } from '../api/contract/limits.js';
import type { RunStatus } from '../api/contract/row.js';
import type { StepName } from './step-names.js';

/** What the element tells its page. All bubble and are composed; none carries a key, a token, or a prompt. */
export interface FtlEventDetails {
  /** Before the step changes; `preventDefault()` keeps the visitor where they are. */
  'ftl-step': { from: StepName; to: StepName };
  'ftl-connected': { modelId: string; latencyMs: number };
  'ftl-run-finished': { runId: string; status: RunStatus; total: number; completed: number; failed: number };
  'ftl-answer': { id: string; kind: Answer['kind'] };
  /** Before a file is made; `preventDefault()` leaves that to the page. */
  'ftl-export': { format: ExportFormat };
  'ftl-exported': { format: ExportFormat };
  /** Before the closing call to action opens `url`; `preventDefault()` leaves that to the page. */
  'ftl-signup': { url: string };
  'ftl-cleaned-up': { credentialsDeletedAt: string | null; deletedAt: string };
  'ftl-error': { code: ProblemCode | 'network'; reason?: ErrorType };
}

/** Whether the page can forbid what an event is about. */
export const isCancelable = (name: keyof FtlEventDetails): boolean =>
  ['ftl-step', 'ftl-export', 'ftl-signup'].includes(name);

export type FtlEvents = { [Name in keyof FtlEventDetails]: CustomEvent<FtlEventDetails[Name]> };

/** Dispatches one of the element's events; returns whether the page let it pass, once it is known. */
export type Emit = <Name extends keyof FtlEventDetails>(
  name: Name,
  detail: FtlEventDetails[Name],
) => boolean | Promise<boolean>;

declare global {
  interface HTMLElementEventMap extends FtlEvents {}
}
