import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { base } from '../styles/base.js';
import { dialog } from '../styles/dialog.js';
import { sessionBar } from '../styles/session-bar.js';
import { defineOnce } from './define.js';
import { failureNotice, failureText, waitOf } from './failure-notice.js';
import { sessionControls } from './session-controls.js';
import { Ticker } from './ticker.js';
import { VisitElement } from './visit-element.js';

/** Below every step: why what the visitor asked for did not work and, from the first session on, the ways out of it. */
class SessionBar extends VisitElement {
  static override styles = [base, dialog, sessionBar];

  constructor() {
    super();
    new Ticker(this, () => waitOf(this.state.failure) > 0);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    const { failure } = this.state;
    if (before && failure !== before.failure) this.alarm(failure ? failureText(this.t, failure) : '');
  }

  /** The welcome says itself why it leads nowhere, and the last step has the controls among its own. */
  protected override render(): TemplateResult {
    const { t, visit, state } = this;
    const { failure, session, step } = state;
    return html`
      ${failure && step !== 'welcome' ? failureNotice(t, failure) : nothing}
      ${session && step !== 'goodbye' ? html`<div class="leave">${sessionControls(t, visit, state, 'small quiet')}</div>` : nothing}
    `;
  }
}

defineOnce('ftl-session-bar', SessionBar);
