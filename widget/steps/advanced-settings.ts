import { html, type TemplateResult } from 'lit';
import { LIMITS } from '../../api/contract/limits.js';
import type { PublicConfig } from '../../api/contract/session.js';
import type { Translate } from '../i18n/translate.js';
import type { ConnectForm } from '../state.js';
import { field } from '../ui/field.js';

export type Setting = 'concurrency' | 'maxTokens' | 'temperature';
type Limits = Pick<PublicConfig['limits'], 'concurrency' | 'maxTokens'>;

export interface AdvancedSettings {
  t: Translate;
  form: ConnectForm;
  limits: Limits;
  errors: Partial<Record<Setting, string>>;
  onInput: (name: Setting, text: string) => void;
}

const SETTINGS: readonly Setting[] = ['concurrency', 'maxTokens', 'temperature'];

export const rangeOf = (limits: Limits, name: Setting): { min: number; max: number } =>
  name === 'temperature' ? LIMITS.temperature : limits[name];

/** Whether the text is a value that the setting takes; only the temperature may be left empty. */
export function isInRange(limits: Limits, name: Setting, text: string): boolean {
  if (text === '') return name === 'temperature';
  const { min, max } = rangeOf(limits, name);
  const value = Number(text);
  return value >= min && value <= max && (name === 'temperature' || Number.isInteger(value));
}

/** Settings of the run that most visitors leave as they are. */
export function advancedSettings({ t, form, limits, errors, onInput }: AdvancedSettings): TemplateResult {
  return html`<details ?open=${SETTINGS.some((name) => errors[name])}>
    <summary>${t('connect.advanced')}</summary>
    <div class="fields">
      ${SETTINGS.map((name) => {
        const { min, max } = rangeOf(limits, name);
        return field({
          id: name,
          label: t(`connect.${name}`),
          hint: t(`connect.${name}Hint`, { min, max }),
          error: errors[name],
          input: ({ describedBy, invalid }) => html`<input
            class="input"
            id=${name}
            type="number"
            inputmode="decimal"
            min=${min}
            max=${max}
            step=${name === 'temperature' ? '0.1' : '1'}
            aria-describedby=${describedBy}
            aria-invalid=${invalid}
            .value=${String(form[name] ?? '')}
            @change=${(event: Event) => onInput(name, (event.target as HTMLInputElement).value)}
          />`,
        });
      })}
    </div>
  </details>`;
}
