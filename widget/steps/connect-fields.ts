import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { PROVIDERS, type Provider } from '../input/providers.js';
import { button } from '../ui/button.js';
import { field, inPlace } from '../ui/field.js';

interface Told {
  t: Translate;
  provider: Provider | undefined;
  /** What was changed in the field, or looks odd about it. */
  remarks?: unknown;
  error?: string;
}

export interface TextField extends Told {
  value: string;
  onInput: (value: string) => void;
}

const textOf = (event: Event): string => (event.target as HTMLInputElement).value;

export function sampleOffer(t: Translate, onUse: () => void): TemplateResult {
  return html`<div class="offer">
    <p><strong>${t('connect.sampleTitle')}</strong> <span class="muted">${t('connect.sampleDetail')}</span></p>
    ${button({ label: t('connect.sample'), onClick: onUse })}
  </div>`;
}

export function providerField({ t, provider }: Told, onChoose: (name: string) => void): TemplateResult {
  return field({
    id: 'provider',
    label: t('connect.provider'),
    input: () => html`<select class="input" id="provider" @change=${(event: Event) => onChoose(textOf(event))}>
      <option value="" ?selected=${!provider}>${t('connect.providerOther')}</option>
      ${PROVIDERS.map((known) => html`<option ?selected=${known === provider}>${known.name}</option>`)}
    </select>`,
  });
}

export function endpointField(
  { t, provider, remarks, error, value, onInput }: TextField,
  { onPaste, onBlur }: { onPaste: (event: ClipboardEvent) => void; onBlur: () => void },
): TemplateResult {
  return field({
    id: 'endpoint',
    label: t('connect.endpoint'),
    hint: t('connect.endpointHint'),
    remarks,
    error,
    input: ({ describedBy, invalid }) => html`<input
      class="input mono"
      id="endpoint"
      type="text"
      inputmode="url"
      dir="ltr"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      placeholder=${provider?.urlExample ?? 'https://api.example.com/v1'}
      aria-describedby=${describedBy}
      aria-invalid=${invalid}
      .value=${value}
      @input=${(event: Event) => onInput(textOf(event))}
      @paste=${onPaste}
      @blur=${onBlur}
    />`,
  });
}

export interface KeyField extends Told {
  /** The key is on the server already. */
  stored: boolean;
  shown: boolean;
  onInput: () => void;
  onBlur: () => void;
  onShow: () => void;
}

/** The key is never rendered: it is what the input holds, and nowhere else on the page. */
export function keyField({ t, provider, remarks, error, stored, shown, ...on }: KeyField): TemplateResult {
  const where = provider?.keysUrl
    ? html`<a href=${provider.keysUrl} target="_blank" rel="noopener noreferrer">${t('connect.keyWhere')}</a>`
    : nothing;
  const hint = (key: 'connect.keyHint' | 'connect.keyStored') => html`${t(key)} ${where}`;
  return field({
    id: 'key',
    label: t('connect.key'),
    hint: stored ? inPlace(hint('connect.keyHint'), hint('connect.keyStored')) : hint('connect.keyHint'),
    remarks,
    error,
    input: ({ describedBy, invalid }) => html`<span class="with-button">
      <input
        class="input mono"
        id="key"
        type=${shown ? 'text' : 'password'}
        dir="ltr"
        autocomplete="new-password"
        autocapitalize="none"
        spellcheck="false"
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        data-form-type="other"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        @input=${on.onInput}
        @blur=${on.onBlur}
      />
      <button class="button" part="button" type="button" aria-pressed=${shown} @click=${on.onShow}>
        ${t('connect.showKey')}
      </button>
    </span>`,
  });
}

export function modelField(
  { t, provider, error, value, onInput }: TextField,
  { models, onBlur }: { models: readonly string[]; onBlur: () => void },
): TemplateResult {
  return field({
    id: 'model',
    label: t('connect.model'),
    hint: t('connect.modelHint'),
    error,
    input: ({ describedBy, invalid }) => html`<input
        class="input mono"
        id="model"
        type="text"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        placeholder=${provider?.modelExample ?? 'my-org/my-fine-tuned-model'}
        list=${models.length > 0 ? 'models' : nothing}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        .value=${value}
        @input=${(event: Event) => onInput(textOf(event))}
        @blur=${onBlur}
      />
      <datalist id="models">${models.map((model) => html`<option value=${model}></option>`)}</datalist>`,
  });
}

export function systemPromptField({ t, value, onInput }: TextField, limit: number): TemplateResult {
  return field({
    id: 'system',
    label: t('connect.system'),
    hint: t('connect.systemHint'),
    input: ({ describedBy }) => html`<textarea
      class="input"
      id="system"
      rows="3"
      dir="auto"
      maxlength=${limit}
      aria-describedby=${describedBy}
      .value=${value}
      @input=${(event: Event) => onInput(textOf(event))}
    ></textarea>`,
  });
}
