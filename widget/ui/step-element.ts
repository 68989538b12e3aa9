import { html, nothing, type TemplateResult } from 'lit';
import { reactive } from './reactive.js';
import { VisitElement } from './visit-element.js';

const LONGEST_CLICK_MS = 1_000;

/** One step of the visit. */
export abstract class StepElement extends VisitElement {
  static override properties = reactive('headingLevel', 'signupUrl');

  headingLevel = 2;
  /** Where the closing call to action leads; the server's address where empty. */
  signupUrl = '';

  /** Settles once a click that has begun is through, and soon at any rate. */
  #click: Promise<unknown> | undefined;

  constructor() {
    super();
    this.addEventListener('pointerdown', () => {
      this.#click = new Promise((resolve) => {
        this.addEventListener('click', resolve, { once: true });
        setTimeout(resolve, LONGEST_CLICK_MS);
      });
    });
  }

  /** Nothing moves under the pointer from its press to its release: the click would be lost. */
  protected override async scheduleUpdate(): Promise<void> {
    await this.#click;
    super.scheduleUpdate();
  }

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
