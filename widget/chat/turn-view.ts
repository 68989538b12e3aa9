import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../api/contract/session.js';
import type { Translate } from '../i18n/translate.js';
import { icon } from '../ui/icon.js';
import { AGAIN, EDIT } from '../ui/icons.js';
import { notice } from '../ui/notice.js';
import { type AnswerContext, renderAnswer } from './answer-view.js';

/** A question that is not answered: not yet, or not at all. */
export interface OpenQuestion {
  question: string;
  /** Why not, for a person; null while Atlas is at it. */
  failure: string | null;
}

export interface QuestionActions {
  edit: () => void;
  again: (question: string) => void;
}

export interface TurnContext extends AnswerContext {
  /** What can be done with the question; null for all but the latest, and where no question is left. */
  actions: QuestionActions | null;
}

export function renderTurn({ question, answer }: Message, context: TurnContext): TemplateResult {
  const { t } = context;
  return html`
    <div class="turn">
      ${question === null ? nothing : renderQuestion(question, t, context.actions)}
      <span class="visually-hidden">${t('atlas.answered')}</span>
      ${renderAnswer(answer, context)}
    </div>
  `;
}

export function renderOpenTurn(
  { question, failure }: OpenQuestion,
  t: Translate,
  actions: QuestionActions | null,
): TemplateResult {
  return html`
    <div class="turn">
      ${renderQuestion(question, t, failure === null ? null : actions)}
      ${
        failure === null
          ? html`<p class="thinking" aria-hidden="true"><i></i><i></i><i></i></p>`
          : notice('warning', t('atlas.failed'), html`<p>${failure}</p>`)
      }
    </div>
  `;
}

function renderQuestion(question: string, t: Translate, actions: QuestionActions | null): TemplateResult {
  return html`
    <div class="question">
      <span class="visually-hidden">${t('atlas.you')}</span>
      <p class="bubble" dir="auto">${question}</p>
      ${
        actions
          ? html`<div class="question-actions">
              <button class="ghost" type="button" @click=${actions.edit}>${icon(EDIT)}${t('atlas.edit')}</button>
              <button class="ghost" type="button" @click=${() => actions.again(question)}>${icon(AGAIN)}${t('atlas.again')}</button>
            </div>`
          : nothing
      }
    </div>
  `;
}
