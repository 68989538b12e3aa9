import { html, type TemplateResult } from 'lit';
import { LIMITS } from '../../api/contract/limits.js';
import type { PublicConfig } from '../../api/contract/session.js';
import { enSettings } from '../i18n/en-settings.js';
import type { Translate } from '../i18n/translate.js';
import type { ConnectForm } from '../state.js';
import { field } from '../ui/field.js';

export type Setting = 'concurrency' | 'maxTokens' | 'temperature';
type Range = { min: number; max: number };
type Limits = Pick<PublicConfig['limits'], 'concurrency' | 'maxTokens'>;

export interface AdvancedSettings {
  t: Translate;
  form: ConnectForm;
  limits: Limits;
  errors: Partial<Record<Setting, unknown>>;
  onSet: (name: Setting, value: number | null) => void;
  onRefuse: (name: Setting, range: Range) => void;
}

const SETTINGS: readonly Setting[] = ['concurrency', 'maxTokens', 'temperature'];

const rangeOf = (limits: Limits, name: Setting): Range => (name === 'temperature' ? LIMITS.temperature : limits[name]);

/** Whether the text is a value that the setting takes; only the temperature may be left empty. */
function isInRange(limits: Limits, name: Setting, text: string): boolean {
  if (text === '') return name === 'temperature';
  const { min, max } = rangeOf(limits, name);
  const value = Number(text);
  return value >= min && value <= max && (name === 'temperature' || Number.isInteger(value));
}

/** Settings of the run that most visitors leave as they are. */
export function advancedSettings({
  form,
  limits,
  errors,
  onSet,
  onRefuse,
  ...shared
}: AdvancedSettings): TemplateResult {
  const t = shared.t.or(enSettings);
  const take = (name: Setting, text: string) => {
    if (isInRange(limits, name, text)) onSet(name, text === '' ? null : Number(text));
    else onRefuse(name, rangeOf(limits, name));
  };
  return html`<div class="fields">
    ${SETTINGS.map((name) => {
      const { min, max } = rangeOf(limits, name);
      return field({
        id: name,
        label: t(`setting.${name}`),
        hint: t(`setting.${name}Hint`, { min, max }),
        error: errors[name] ? t('invalid.number', { min, max }) : undefined,
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
          @change=${(event: Event) => take(name, (event.target as HTMLInputElement).value)}
        />`,
      });
    })}
  </div>`;
}
