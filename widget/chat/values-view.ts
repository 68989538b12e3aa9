import { html, nothing, type TemplateResult } from 'lit';
import type { Value } from '../../api/contract/answer.js';
import { valueFormat } from '../charts/format.js';
import type { StringKey, Translate } from '../i18n/translate.js';

/** Several figures side by side. One alone, or very many, are said in the text or the table. */
export function renderValues(values: readonly Value[], t: Translate): TemplateResult | typeof nothing {
  if (values.length < 2 || values.length > 8) return nothing;
  return html`
    <dl class="figures">
      ${values.map((value) => html`<div><dt dir="auto">${valueName(value, t)}</dt><dd>${valueText(value, t)}</dd></div>`)}
    </dl>
  `;
}

function valueName({ metric, aggregate, group }: Value, t: Translate): string {
  const percentile = /^p[\d.]+$/.test(aggregate);
  const name = percentile ? aggregate : t(`aggregate.${aggregate}` as StringKey);
  return [group?.key, metric && t(`metric.${metric}`), name].filter(Boolean).join(' · ');
}

function valueText({ value, unit }: Value, t: Translate): string {
  return value === null ? '–' : valueFormat(unit, t, value)(value);
}
