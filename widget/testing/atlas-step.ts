import { fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Answer } from '../../api/contract/answer.js';
import type { Message } from '../../api/contract/session.js';
import { initialState, type State } from '../state.js';
import '../steps/atlas-step.js';
import type { AtlasStep } from '../steps/atlas-step.js';
import type { Visit } from '../visit.js';
import { answer, run, turns } from './conversation.js';
import { english } from './themed.js';
import { deep } from './visitor.js';

type Ask = Visit['ask'];

export const QUESTION = 'Ask Atlas about your results';
export const unanswered: Ask = () => new Promise<Answer>(() => {});
export const moves: string[] = [];

interface Setup {
  messages?: readonly Message[];
  ask?: Ask;
  theme?: string;
  dir?: string;
  questionsLeft?: number;
}

export async function atlas({
  messages = [turns.opening],
  ask = unanswered,
  theme = 'light',
  dir = 'ltr',
  questionsLeft = 100,
}: Setup = {}) {
  const visit = { ask, save: async () => 'rows.csv', move: async (name: string) => void moves.push(name) };
  const session = { sessionId: 's1', expiresAt: '', credentials: { stored: false, deletedAt: null }, promptsLeft: 0 };
  const state: State = { ...initialState(), run, messages, session: { ...session, questionsLeft } };
  const frame = await fixture(html`
    <test-themed theme=${theme} dir=${dir}>
      <ftl-atlas-step .t=${english} .visit=${visit} .state=${state}></ftl-atlas-step>
    </test-themed>
  `);
  const step = frame.querySelector('ftl-atlas-step') as AtlasStep;
  await nextFrame();
  return step;
}

export const add = (step: AtlasStep, message: Message) => {
  step.state = { ...step.state, messages: [...step.state.messages, message] };
};

/** As the visit does it: the answer is among the messages when `ask` resolves. */
export function answering(step: () => AtlasStep, reply: Partial<Answer> = {}) {
  const asked: { question: string; without: string[] }[] = [];
  const ask: Ask = async (question, without) => {
    asked.push({ question, without });
    const given = answer({ id: `a${asked.length}`, question, text: `Answer ${asked.length}`, ...reply });
    add(step(), { question, answer: given, createdAt: '2026-11-23T14:05:00.000Z' });
    return given;
  };
  return { ask, asked };
}

export const first = <T extends Element = HTMLElement>(step: AtlasStep, selector: string) =>
  deep<T>(step.renderRoot as ShadowRoot, selector)[0] as T;
export const button = (step: AtlasStep, name: string) =>
  deep<HTMLButtonElement>(step.renderRoot as ShadowRoot, 'button').find(
    (element) => (element.ariaLabel ?? element.textContent)?.trim() === name,
  ) as HTMLButtonElement;
export const field = (step: AtlasStep) => first<HTMLTextAreaElement>(step, 'textarea');
export const log = (step: AtlasStep) => first(step, '[role=log]');

export async function type(step: AtlasStep, text: string) {
  field(step).focus();
  await sendKeys({ type: text });
}

export async function startLine() {
  await sendKeys({ down: 'Shift' });
  await sendKeys({ press: 'Enter' });
  await sendKeys({ up: 'Shift' });
}
