import type { ErrorType, ProblemCode } from '../api/contract/errors.js';
import { type DOMAINS, LIMITS } from '../api/contract/limits.js';
import type { Run } from '../api/contract/row.js';
import type {
  CleanupReceipt,
  Connection,
  Message,
  Model,
  PublicConfig,
  Session,
  Suite,
} from '../api/contract/session.js';
import type { OwnPrompts } from './input/own-prompts.js';
import type { StepName } from './step-names.js';

type Domain = (typeof DOMAINS)[number];

export interface Choice {
  domain: Domain | 'own' | null;
  /** One of the domain's suites; the first where null. */
  suiteId: string | null;
  /** What the visitor has pasted. */
  ownText: string;
  /** What was understood of it; null before there is any. */
  ownPrompts: OwnPrompts | null;
}

/** What the connect step remembers. The key is not among it: it lives in its input field only. */
export interface ConnectForm {
  endpointUrl: string;
  modelId: string;
  systemPrompt: string;
  concurrency: number;
  maxTokens: number;
  /** null: the model's own. */
  temperature: number | null;
}

/** Why something did not work, ready to be explained. */
export interface Failure {
  code: ProblemCode | 'network';
  /** The server's own sentence, shown as a technical detail. */
  detail: string;
  /** The server's advice, in English. */
  hint?: string;
  reason?: ErrorType;
  field?: string;
  /** When it is worth trying again, by this machine's clock. */
  retryAt?: number;
}

export type ConnectionState =
  | { status: 'untested' }
  | { status: 'testing' }
  | { status: 'stale' }
  | { status: 'ready'; model: Model; connection: Connection | null }
  | { status: 'failed'; failure: Failure };

/** How run events reach this page. */
export type Link = { status: 'idle' | 'live' | 'offline' | 'crowded' } | { status: 'reconnecting'; retryAt: number };

/** A run that takes up an earlier one: these prompts of it or, where none are named, all that are unfinished. */
export interface Retry {
  resume: string;
  numbers?: number[];
}

export interface SessionFacts {
  sessionId: string;
  expiresAt: string;
  credentials: Session['credentials'];
  promptsLeft: number;
  questionsLeft: number;
}

export type Proof = 'refused' | 'accepted' | 'unknown';

export interface Receipt extends CleanupReceipt {
  /** What the server said when the page tried the dead token once more; null before it has. */
  proof: Proof | null;
}

/** What the visitor had entered and a reload has taken, until it is entered again. */
export interface Lost {
  prompts: boolean;
  /** The system prompt or one of the advanced settings. */
  settings: boolean;
}

export interface State {
  step: StepName;
  config: PublicConfig | null;
  suites: readonly Suite[];
  choice: Choice;
  form: ConnectForm;
  lost: Lost;
  connection: ConnectionState;
  session: SessionFacts | null;
  run: Run | null;
  /** Prompts that are being answered just now; those that wait to be asked again with when that is. */
  inFlight: ReadonlyMap<number, string | null>;
  retry: Retry | null;
  /** The next run is being prepared: there is none yet, or a new connection stands since. */
  planning: boolean;
  messages: readonly Message[];
  link: Link;
  busy: 'starting' | 'cancelling' | 'deleting' | null;
  failure: Failure | null;
  /** The session has less than five minutes to live. */
  expiring: boolean;
  ended: 'expired' | 'cleanup' | null;
  receipt: Receipt | null;
  /** Add to this machine's clock to get the server's, in milliseconds; null before the server has told a time. */
  clockOffsetMs: number | null;
}

export interface Prefill {
  domain?: string;
  suite?: string;
  endpointUrl?: string;
  modelId?: string;
}

export function initialState(prefill: Prefill = {}): State {
  return {
    step: 'welcome',
    config: null,
    suites: [],
    choice: {
      domain: (prefill.domain as Domain) || null,
      suiteId: prefill.suite || null,
      ownText: '',
      ownPrompts: null,
    },
    form: {
      endpointUrl: prefill.endpointUrl ?? '',
      modelId: prefill.modelId ?? '',
      systemPrompt: '',
      concurrency: LIMITS.concurrency.default,
      maxTokens: LIMITS.maxTokens.default,
      temperature: null,
    },
    lost: { prompts: false, settings: false },
    connection: { status: 'untested' },
    session: null,
    run: null,
    inFlight: new Map(),
    retry: null,
    planning: true,
    messages: [],
    link: { status: 'idle' },
    busy: null,
    failure: null,
    expiring: false,
    ended: null,
    receipt: null,
    clockOffsetMs: null,
  };
}
