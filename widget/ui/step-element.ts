import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Translate } from '../i18n/translate.js';
import type { State } from '../session.js';
import type { Visit } from '../visit.js';

/** One step of the visit: shows the state, and asks the visit to act. */
export abstract class StepElement extends LitElement {
  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) state!: State;
  @property({ attribute: false }) t!: Translate;
  @property({ attribute: false }) headingLevel = 2;

  /** Where the visitor is led after a change of step: the step's heading. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('.heading')?.focus();
  }
}
