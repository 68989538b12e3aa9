import type { Run } from '../api/contract/row.js';
import type { Connection, Message, Model, PublicConfig, Session, Suite } from '../api/contract/session.js';
import type { RunEvent } from '../api/contract/socket.js';
import { failedNumbers, hasSettings, isRunning } from './selectors.js';
import {
  type Choice,
  type ConnectForm,
  type ConnectionState,
  type Failure,
  initialState,
  type Link,
  type Lost,
  type Proof,
  type Receipt,
  type Retry,
  type SessionFacts,
  type State,
} from './state.js';
import type { StepName } from './step-names.js';

/** The visit as data: what has happened, and the state that follows. Pure; the effects are in visit.ts. */
export type Action =
  | { type: 'loaded'; config: PublicConfig; suites: readonly Suite[] }
  | { type: 'moved'; step: StepName }
  | { type: 'chose'; choice: Partial<Choice> }
  | { type: 'filled'; form: Partial<ConnectForm> }
  | { type: 'testing' }
  | { type: 'connected'; session: SessionFacts; model: Model; connection: Connection }
  | { type: 'refused'; failure: Failure }
  | { type: 'resumed'; session: Session; step: StepName; lost: Lost }
  | { type: 'synchronised'; session: Session }
  | { type: 'busy'; with: NonNullable<State['busy']> }
  | { type: 'failed'; failure: Failure }
  | { type: 'retry-wanted'; retry: Retry }
  | { type: 'results-kept' }
  | { type: 'run-changed'; run: Run; now: number }
  | { type: 'run-event'; event: RunEvent; now: number }
  | { type: 'answered'; message: Message }
  | { type: 'link'; link: Link }
  | { type: 'expiring' }
  | { type: 'ended'; reason: 'expired' | 'cleanup' }
  | { type: 'deleted'; receipt: Receipt }
  | { type: 'proved'; receipt: Receipt; proof: Proof }
  | { type: 'restarted' };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'loaded':
      return {
        ...state,
        config: action.config,
        suites: action.suites,
        choice: knownChoice(state.choice, action.suites),
      };
    case 'moved':
      return { ...state, step: action.step, failure: null };
    case 'chose':
      return chose(state, action.choice);
    case 'filled':
      return filled(state, action.form);
    case 'testing':
      return { ...state, connection: { status: 'testing' } };
    case 'connected':
      return {
        ...state,
        connection: { status: 'ready', model: action.model, connection: action.connection },
        form: { ...state.form, ...action.model },
        session: action.session,
        planning: true,
        expiring: false,
        ended: null,
        receipt: null,
      };
    case 'refused':
      return { ...state, connection: { status: 'failed', failure: action.failure } };
    case 'resumed':
      return { ...resumed(state, action.session, action.step), lost: action.lost };
    case 'synchronised':
      return synchronised(state, action.session);
    case 'busy':
      return { ...state, busy: action.with, failure: null };
    case 'failed':
      return { ...state, busy: null, failure: action.failure };
    case 'retry-wanted':
      return { ...state, retry: action.retry };
    case 'results-kept':
      return { ...state, retry: null, planning: false };
    case 'run-changed':
      return withServerTime(withRun(state, action.run), lastTime(action.run), action.now);
    case 'run-event':
      return withServerTime(withEvent(state, action.event), eventTime(action.event), action.now);
    case 'answered':
      return answered(state, action.message);
    case 'link':
      return { ...state, link: action.link };
    case 'expiring':
      return { ...state, expiring: true };
    case 'ended':
      return { ...withoutSession(state), ended: action.reason };
    case 'deleted':
      return { ...withoutSession(state), receipt: action.receipt };
    case 'proved':
      // The visitor may have begun anew meanwhile.
      return state.receipt === action.receipt
        ? { ...state, receipt: { ...action.receipt, proof: action.proof } }
        : state;
    case 'restarted':
      return restarted(state);
  }
}

function knownChoice(choice: Choice, suites: readonly Suite[]): Choice {
  const named = suites.find((suite) => suite.id === choice.suiteId);
  if (named) return { ...choice, domain: named.domain };
  const domainExists = choice.domain === 'own' || suites.some((suite) => suite.domain === choice.domain);
  return { ...choice, suiteId: null, domain: domainExists ? choice.domain : null };
}

function chose(state: State, choice: Partial<Choice>): State {
  const lost = { ...state.lost, prompts: state.lost.prompts && choice.ownText === undefined };
  return { ...state, choice: { ...state.choice, ...choice }, lost, retry: null, failure: null };
}

function filled(state: State, changes: Partial<ConnectForm>): State {
  const form = { ...state.form, ...changes };
  const lost = { ...state.lost, settings: state.lost.settings && !hasSettings(form) };
  return { ...state, form, lost, connection: afterEdit(state.connection, changes) };
}

function afterEdit(connection: ConnectionState, form: Partial<ConnectForm>): ConnectionState {
  if (form.endpointUrl === undefined && form.modelId === undefined) return connection;
  if (connection.status === 'ready' || connection.status === 'stale') return { status: 'stale' };
  return connection.status === 'testing' ? connection : { status: 'untested' };
}

function sessionFacts({ sessionId, expiresAt, credentials, promptsLeft, questionsLeft }: Session): SessionFacts {
  return { sessionId, expiresAt, credentials, promptsLeft, questionsLeft };
}

function answered(state: State, message: Message): State {
  const { session } = state;
  return {
    ...state,
    messages: [...state.messages, message],
    session: session && { ...session, questionsLeft: Math.max(0, session.questionsLeft - 1) },
  };
}

function synchronised(state: State, session: Session): State {
  if (session.sessionId !== state.session?.sessionId) return state;
  const keyIsGone = state.connection.status === 'ready' && !session.credentials.stored;
  return {
    ...state,
    session: sessionFacts(session),
    connection: keyIsGone ? { status: 'untested' } : state.connection,
    messages: session.messages,
  };
}

function resumed(state: State, session: Session, step: StepName): State {
  return {
    ...state,
    step,
    session: sessionFacts(session),
    form: { ...state.form, ...session.model },
    connection: session.credentials.stored
      ? { status: 'ready', model: session.model, connection: null }
      : { status: 'untested' },
    run: session.run,
    inFlight: new Map(inFlightIn(session.run)),
    // A key is deleted as its run ends: one that is there is for the next.
    planning: !session.run || (session.credentials.stored && !isRunning(session.run)),
    messages: session.messages,
  };
}

const inFlightIn = (run: Run | null) => (run?.inFlight ?? []).map(({ number, until }) => [number, until] as const);

function withRun(state: State, run: Run): State {
  const changed = run.runId !== state.run?.runId;
  return {
    ...state,
    run,
    inFlight: new Map([...(changed || !isRunning(run) ? [] : state.inFlight), ...inFlightIn(run)]),
    messages: changed ? [] : state.messages,
    retry: changed ? null : state.retry,
    planning: changed ? false : state.planning,
    lost: changed ? { ...state.lost, settings: false } : state.lost,
    busy: isRunning(run) && state.busy === 'cancelling' ? 'cancelling' : null,
  };
}

function withEvent(state: State, event: RunEvent): State {
  const { run, session } = state;
  switch (event.type) {
    case 'run.started':
    case 'run.finished':
      return withRun(state, event.run);
    case 'prompt.started':
      return { ...state, inFlight: new Map(state.inFlight).set(event.number, null) };
    case 'prompt.waiting':
      return { ...state, inFlight: new Map(state.inFlight).set(event.number, event.until) };
    case 'prompt.finished': {
      if (!run) return state;
      const others = run.results.filter((row) => row.number !== event.row.number);
      const results = [...others, event.row].sort((a, b) => a.number - b.number);
      return {
        ...state,
        run: {
          ...run,
          results,
          completed: results.filter((row) => row.status === 'ok').length,
          failed: failedNumbers({ ...run, results }).length,
        },
        inFlight: new Map([...state.inFlight].filter(([number]) => number !== event.row.number)),
      };
    }
    case 'credentials.deleted':
      return {
        ...state,
        connection: { status: 'untested' },
        session: session && { ...session, credentials: { stored: false, deletedAt: event.deletedAt } },
      };
  }
}

/**
 * The server's clock is at least as late as any time it has told, so the greatest difference seen comes closest. Events
 * that are sent again after a reconnection do no harm.
 */
function withServerTime(state: State, iso: string | null, now: number): State {
  if (!iso) return state;
  const offset = Date.parse(iso) - now;
  return { ...state, clockOffsetMs: Math.max(state.clockOffsetMs ?? offset, offset) };
}

function eventTime(event: RunEvent): string | null {
  switch (event.type) {
    case 'run.started':
      return event.run.startedAt;
    case 'prompt.finished':
      return event.row.finishedAt;
    case 'run.finished':
      return event.run.finishedAt;
    case 'credentials.deleted':
      return event.deletedAt;
    case 'prompt.started':
    case 'prompt.waiting':
      return null;
  }
}

function lastTime(run: Run): string | null {
  const times = [run.startedAt, run.finishedAt, ...run.results.map((row) => row.finishedAt)];
  return (
    times
      .filter((time) => time !== null)
      .sort()
      .at(-1) ?? null
  );
}

/** The session is over: its results stay in sight where they are, but nothing can be asked of the server any more. */
function withoutSession(state: State): State {
  return {
    ...state,
    session: null,
    connection: { status: 'untested' },
    link: { status: 'idle' },
    inFlight: new Map(),
    retry: null,
    busy: null,
    failure: null,
    expiring: false,
  };
}

/** A new visit that keeps what is no secret and would be a bother to type again. */
function restarted(state: State): State {
  const { config, suites, choice, form } = state;
  return { ...initialState(), config, suites, choice, form, step: 'domain' };
}
