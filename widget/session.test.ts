import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Session } from '../api/contract/session.js';
import type { RunEvent } from '../api/contract/socket.js';
import { failedNumbers, resumeStep, runRequest, unfinishedCount } from './selectors.js';
import { type Action, reduce } from './session.js';
import { initialState, type State } from './state.js';
import { rows, run } from './testing/conversation.js';

const NOW = Date.parse('2026-11-23T14:00:00.000Z');
const model = { endpointUrl: 'https://api.example.com/v1', modelId: 'my-model' };
const session: Session = {
  sessionId: 's1',
  expiresAt: '2026-11-23T15:00:00.000Z',
  model,
  credentials: { stored: true, deletedAt: null },
  promptsLeft: 10,
  questionsLeft: 200,
  run: null,
  messages: [],
};
const connection = { latencyMs: 100, firstTokenMs: 20, models: [] };
const going = { ...run, status: 'running' as const, results: [], completed: 0, failed: 0, finishedAt: null };
const apply = (state: State, ...actions: Action[]) => actions.reduce(reduce, state);
const connected = apply(initialState(), { type: 'connected', session, model, connection });
const event = (of: RunEvent): Action => ({ type: 'run-event', event: of, now: NOW });

describe('the visit as data', () => {
  it('asks for another test once address or model are changed, but not for other settings', () => {
    expect(apply(connected, { type: 'filled', form: { systemPrompt: 'Be kind.' } }).connection.status).to.equal(
      'ready',
    );
    expect(apply(connected, { type: 'filled', form: { modelId: 'other' } }).connection.status).to.equal('stale');
  });

  it('takes the endpoint as the server has normalised it', () => {
    expect(connected.form).to.include(model);
  });

  it('has a place for no key', () => {
    expect(Object.keys(initialState().form).filter((name) => /key/i.test(name))).to.deep.equal([]);
  });

  it('counts results as they come, and the same again when they come again', () => {
    const started = apply(connected, { type: 'run-changed', run: going, now: NOW });
    const events = rows.map((row, index) => event({ type: 'prompt.finished', seq: index + 1, row }));
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), fc.subarray(events), (order, again) => {
        const { run: counted } = apply(started, ...order, ...again);
        expect(counted).to.include({ completed: 9, failed: 1 });
        expect(counted!.results.map(({ number }) => number)).to.deep.equal(rows.map(({ number }) => number));
      }),
    );
  });

  it('knows which prompts are being answered', () => {
    const state = apply(
      connected,
      { type: 'run-changed', run: going, now: NOW },
      event({ type: 'prompt.started', seq: 1, number: 1 }),
      event({ type: 'prompt.started', seq: 2, number: 2 }),
      event({ type: 'prompt.finished', seq: 3, row: rows[0]! }),
    );
    expect([...state.inFlight]).to.deep.equal([[2, null]]);
  });

  it('knows until when a prompt waits to be asked again, and takes no time of the future for the server’s', () => {
    const until = '2026-11-23T14:00:12.000Z';
    const state = apply(
      connected,
      { type: 'run-changed', run: going, now: Date.parse(going.startedAt!) },
      event({ type: 'prompt.started', seq: 1, number: 1 }),
      event({ type: 'prompt.waiting', seq: 2, number: 1, until }),
    );
    expect([...state.inFlight]).to.deep.equal([[1, until]]);
    expect(state.clockOffsetMs).to.equal(0);
    expect(apply(state, event({ type: 'prompt.finished', seq: 3, row: rows[0]! })).inFlight.size).to.equal(0);
  });

  it('knows what is in flight of a run that it finds going, and what the events tell beside', () => {
    const found = { ...going, inFlight: [{ number: 1, until: null }] };
    const resumed = apply(connected, {
      type: 'resumed',
      session: { ...session, run: found },
      step: 'run',
      lost: { prompts: false, settings: false },
    });
    expect([...resumed.inFlight]).to.deep.equal([[1, null]]);
    const later = apply(resumed, event({ type: 'prompt.started', seq: 5, number: 2 }), {
      type: 'run-changed',
      run: found,
      now: NOW,
    });
    expect([...later.inFlight.keys()].sort()).to.deep.equal([1, 2]);
    expect(apply(later, { type: 'run-changed', run, now: NOW }).inFlight.size).to.equal(0);
  });

  it('forgets the connection with the key', () => {
    const state = apply(connected, event({ type: 'credentials.deleted', seq: 1, deletedAt: session.expiresAt }));
    expect(state.connection.status).to.equal('untested');
    expect(state.session?.credentials).to.deep.equal({ stored: false, deletedAt: session.expiresAt });
  });

  it('keeps the latest of the server’s times, whatever is sent again', () => {
    const at = (iso: string): Action => event({ type: 'credentials.deleted', seq: 1, deletedAt: iso });
    const state = apply(connected, at('2026-11-23T14:00:05.000Z'), at('2026-11-23T13:59:00.000Z'));
    expect(state.clockOffsetMs).to.equal(5_000);
  });

  it('begins a new conversation with a new run', () => {
    const answered = { ...connected, run, messages: [{ question: null, answer: {} as never, createdAt: '' }] };
    expect(apply(answered, { type: 'run-changed', run, now: NOW }).messages).to.have.length(1);
    expect(apply(answered, { type: 'run-changed', run: { ...going, runId: 'next' }, now: NOW }).messages).to.deep.equal(
      [],
    );
  });

  it('keeps nothing of a session that has ended but the results in sight', () => {
    const state = apply({ ...connected, run, expiring: true }, { type: 'ended', reason: 'expired' });
    expect(state).to.include({ session: null, expiring: false, ended: 'expired', run });
  });

  it('starts over with what is no secret', () => {
    const state = apply({ ...connected, run }, { type: 'restarted' });
    expect(state).to.include({ step: 'domain', run: null, session: null });
    expect(state.form).to.include(model);
  });

  it('drops a preselected domain or suite that the server does not have', () => {
    const state = initialState({ domain: 'astrology', suite: 'nowhere' });
    const loaded = apply(state, { type: 'loaded', config: null as never, suites: [] });
    expect(loaded.choice).to.include({ domain: null, suiteId: null });
  });
});

describe('what is asked of the server', () => {
  const ownPrompts = { format: 'lines' as const, prompts: [{ prompt: 'Hi' }], problems: [] };
  const chosen = apply(initialState(), { type: 'chose', choice: { domain: 'own', ownText: 'Hi', ownPrompts } });

  it('is the visitor’s prompts with the settings, and none that were left alone', () => {
    expect(runRequest(chosen)).to.deep.equal({
      prompts: [{ prompt: 'Hi' }],
      concurrency: 4,
      maxTokens: 512,
    });
  });

  it('is a retry where one is wanted', () => {
    const state = apply(chosen, { type: 'retry-wanted', retry: { resume: 'r1', numbers: [3] } });
    expect(runRequest(state)).to.deep.include({ resume: 'r1', numbers: [3] });
    expect(runRequest(state)).not.to.have.property('prompts');
  });

  it('is a retry of what failed, or of what was never sent', () => {
    expect(failedNumbers(run)).to.deep.equal([6]);
    expect(unfinishedCount({ ...run, total: 12 })).to.equal(2);
  });
});

describe('a reloaded page takes up', () => {
  it('a run that goes on, wherever it was', () => {
    expect(resumeStep('welcome', { ...session, run: going }, false)).to.equal('run');
  });
  it('the results of a finished run', () => {
    expect(resumeStep('atlas', { ...session, run }, true)).to.equal('atlas');
    expect(resumeStep('welcome', { ...session, run }, true)).to.equal('run');
  });
  it('the way to another run', () => {
    expect(resumeStep('connect', { ...session, run }, true)).to.equal('connect');
  });
  it('the connection, where there is no run', () => {
    expect(resumeStep('connect', session, true)).to.equal('connect');
    expect(resumeStep('run', session, true)).to.equal('run');
  });
  it('the choice of prompts, where that was not kept', () => {
    expect(resumeStep('run', session, false)).to.equal('domain');
  });
});
