import { html, nothing, type TemplateResult } from 'lit';
import type { Value } from '../../api/contract/answer.js';
import { aggregateName } from '../charts/field-name.js';
import { valueFormat } from '../charts/format.js';
import type { Translate } from '../i18n/translate.js';

/** Figures of the run side by side. One or two are said in the text, those of groups in the chart and table. */
export function renderValues(values: readonly Value[], t: Translate): TemplateResult | typeof nothing {
  const figures = values.filter(({ metric, group }) => metric !== null && group === null);
  if (figures.length < 3) return nothing;
  return html`
    <dl class="figures">
      ${figures.map((value) => html`<div><dt>${valueName(value, t)}</dt><dd>${valueText(value, t)}</dd></div>`)}
    </dl>
  `;
}

function valueName({ metric, aggregate }: Value, t: Translate): string {
  return `${t(`metric.${metric!}`)} · ${aggregateName(aggregate, t)}`;
}

function valueText({ value, unit }: Value, t: Translate): string {
  return value === null ? '–' : valueFormat(unit, t, value)(value);
}
