import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../state.js';
import type { Visit } from '../visit.js';
import { reactive } from './reactive.js';

/** One step of the visit: shows the state, and asks the visit to act. */
export abstract class StepElement extends LitElement {
  static override properties = reactive('visit', 'state', 't', 'headingLevel', 'signupUrl');

  visit!: Visit;
  state!: State;
  t!: Translate;
  headingLevel = 2;
  /** Where the closing call to action leads; the server's address where empty. */
  signupUrl = '';

  /** Where the visitor is led after a change of step: the step's heading. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('.heading')?.focus();
  }

  /** Has the element's one status region say something. */
  protected announce(detail: string): void {
    this.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true, composed: true }));
  }

  /** Has the element's one alert region say what went wrong; empty where that no longer holds. */
  protected alarm(detail: string): void {
    this.dispatchEvent(new CustomEvent('alarm', { detail, bubbles: true, composed: true }));
  }

  protected heading(title: string, lead?: string): TemplateResult {
    return html`<header>
      <div class="heading" part="heading" role="heading" aria-level=${this.headingLevel} tabindex="-1">${title}</div>
      ${lead ? html`<p class="lead">${lead}</p>` : nothing}
    </header>`;
  }
}
