import { html, nothing, type TemplateResult } from 'lit';
import { LIMITS } from '../../api/contract/limits.js';
import { enOwn } from '../i18n/en-own.js';
import type { Translate } from '../i18n/translate.js';
import { type OwnPrompts, parseOwnPrompts } from '../input/own-prompts.js';
import type { Choice } from '../state.js';

const NO_PROMPTS: OwnPrompts = { format: 'lines', prompts: [], problems: [] };

export interface OwnPromptsField {
  t: Translate;
  choice: Choice;
  /** How many prompts may still run. */
  limit: number;
  invalid: boolean;
  onInput: (choice: Pick<Choice, 'ownText' | 'ownPrompts'>) => void;
}

/** The field for the visitor's own prompts, and what has been understood of it so far. */
export function ownPromptsField({ choice, limit, invalid, onInput, ...shared }: OwnPromptsField): TemplateResult {
  const t = shared.t.or(enOwn);
  const { ownText, ownPrompts } = choice;
  const count = ownPrompts?.prompts.length ?? 0;
  const read = (event: Event) => {
    const { value } = event.target as HTMLTextAreaElement;
    onInput({ ownText: value, ownPrompts: parseOwnPrompts(value) });
  };
  return html`<div class="field">
    <label class="label" for="own">${t('own.label')}</label>
    <textarea
      class="input"
      id="own"
      rows="7"
      dir="auto"
      spellcheck="false"
      placeholder=${t('own.placeholder')}
      aria-describedby="own-count own-hint${invalid ? ' error' : ''}"
      aria-invalid=${invalid}
      .value=${ownText}
      @input=${read}
    ></textarea>
    <p class="hint" id="own-count">
      ${ownPrompts && count > 0 ? html`<strong>${t('own.count', { count, format: t(`own.format.${ownPrompts.format}`) })}</strong>` : nothing}
      ${t('own.left', { count: limit })}
    </p>
    <p class="hint" id="own-hint">${t('own.hint')}</p>
  </div>`;
}

/** What keeps these prompts from running; empty where nothing does. */
export function ownPromptsError({ choice, limit, ...shared }: Pick<OwnPromptsField, 't' | 'choice' | 'limit'>): string {
  const t = shared.t.or(enOwn);
  const { format, prompts, problems } = choice.ownPrompts ?? NO_PROMPTS;
  const first = problems[0];
  if (first) {
    const place = t(format === 'json' ? 'own.entry' : 'own.line', { number: first.line });
    return t(`own.${first.problem}`, { place, limit: LIMITS.promptCharacters });
  }
  if (prompts.length === 0) return t('own.empty');
  if (prompts.length > limit) return t('own.tooMany', { count: prompts.length - limit, limit });
  return '';
}
