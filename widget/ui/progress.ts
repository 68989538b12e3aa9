import { html, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import { STEPS, type StepName } from '../step-names.js';

/** Where the visitor is among the steps of the visit. */
export function progress(t: Translate, current: StepName): TemplateResult {
  const place = STEPS.indexOf(current);
  return html`<div class="progress" part="progress" role="group" aria-label=${t('shell.steps')}>
    <ol>
      ${STEPS.map(
        (step, index) => html`<li
          class=${index < place ? 'done' : ''}
          aria-current=${index === place ? 'step' : nothing}
        >
          <span class="visually-hidden">${t('shell.step', { step: index + 1, steps: STEPS.length })}</span>
          <span class="name">${t(`step.${step}`)}</span>
        </li>`,
      )}
    </ol>
  </div>`;
}
