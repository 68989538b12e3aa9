import { html, nothing, type TemplateResult } from 'lit';
import { reactive } from './reactive.js';
import { VisitElement } from './visit-element.js';

/** One step of the visit. */
export abstract class StepElement extends VisitElement {
  static override properties = reactive('headingLevel', 'signupUrl');

  headingLevel = 2;
  /** Where the closing call to action leads; the server's address where empty. */
  signupUrl = '';

  /** Where the visitor is led after a change of step: the step's heading. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('.heading')?.focus();
  }

  protected heading(title: string, lead?: string): TemplateResult {
    return html`<div>
      <div class="heading" part="heading" role="heading" aria-level=${this.headingLevel} tabindex="-1">${title}</div>
      ${lead ? html`<p class="lead">${lead}</p>` : nothing}
    </div>`;
  }
}
