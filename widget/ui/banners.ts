import { html, nothing, type TemplateResult } from 'lit';
import { FORMATS } from '../steps/export-step.js';
import { banners } from '../styles/banners.js';
import { base } from '../styles/base.js';
import { button } from './button.js';
import { defineOnce } from './define.js';
import { notice } from './notice.js';
import { Ticker } from './ticker.js';
import { VisitElement } from './visit-element.js';

/** What concerns the whole visit: a lost connection, and the session's end. */
class Banners extends VisitElement {
  static override styles = [base, banners];

  #announced = '';

  constructor() {
    super();
    new Ticker(this, () => this.state.link.status === 'reconnecting');
  }

  protected override render(): TemplateResult {
    return html`<div class="link">${this.#renderLink()}</div>${this.#renderSession()}`;
  }

  /** What is new is said once, without its countdown and its buttons. */
  protected override updated(): void {
    const told = [...this.renderRoot.querySelectorAll('.notice :is(strong, p:not(.countdown))')]
      .map(({ textContent }) => textContent)
      .join(' ');
    if (told === this.#announced) return;
    this.#announced = told;
    this.announce(told);
  }

  #renderLink(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { link } = this.state;
    if (link.status === 'offline') return notice('warning', t('link.offline'), html`<p>${t('link.offlineDetail')}</p>`);
    const again = button({ label: t('link.reconnectNow'), look: 'small', onClick: () => visit.reconnect() });
    if (link.status === 'crowded') return notice('warning', t('error.too_many_connections'), again);
    if (link.status !== 'reconnecting') return nothing;
    const seconds = Math.max(0, Math.ceil((link.retryAt - Date.now()) / 1_000));
    return notice(
      'warning',
      t('link.reconnecting'),
      html`<p class="countdown">${t('link.reconnectingIn', { count: seconds })}</p>
        ${again}`,
    );
  }

  #renderSession(): TemplateResult | typeof nothing {
    const { t, visit } = this;
    const { ended, expiring, session, step, run } = this.state;
    if (ended) {
      return notice(
        'info',
        t('session.over'),
        html`<p>${t(ended === 'cleanup' ? 'session.endedByYou' : 'session.endedDetail')}</p>
          ${button({ label: t('session.startAgain'), look: 'small', onClick: () => visit.startOver() })}`,
      );
    }
    if (!expiring || !session) return nothing;
    const files = FORMATS.map(
      (format) =>
        html`<ftl-download-button exportparts="button" .t=${t} .save=${visit.save} .format=${format}></ftl-download-button>`,
    );
    return notice(
      'warning',
      t('session.expiring', { time: t.time(session.expiresAt) }),
      html`<p>${t('session.expiringDetail')}</p>
        ${run && step !== 'goodbye' ? html`<div class="files">${files}</div>` : nothing}`,
    );
  }
}

defineOnce('ftl-banners', Banners);
