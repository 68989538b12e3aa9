import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { providerOf } from '../input/providers.js';
import type { Receipt } from '../state.js';
import { base } from '../styles/base.js';
import { dialog } from '../styles/dialog.js';
import { goodbye } from '../styles/goodbye.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { icon, LOCK } from '../ui/icon.js';
import { CHECK, INFO } from '../ui/icons.js';
import { sessionControls } from '../ui/session-controls.js';
import { StepElement } from '../ui/step-element.js';
import './export-step.js';

/** The files to take away, the deletion with its proof, and where to go from here. */
export class GoodbyeStep extends StepElement {
  static override styles = [base, dialog, goodbye];

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    // The heading has the news: a sentence of the page, spoken besides, would be there twice.
    if (before && this.state.receipt && !before.receipt) this.focusHeading();
  }

  protected override render(): TemplateResult {
    const { t } = this;
    const { session, receipt, run } = this.state;
    const lead = session ? t('goodbye.lead', { time: t.time(session.expiresAt) }) : undefined;
    return html`<div class="stack">
      ${this.heading(t(receipt ? 'goodbye.titleDeleted' : 'goodbye.title'), lead)}
      ${
        session && run
          ? html`<ftl-export-step exportparts="button" .t=${t} .save=${this.visit.save}></ftl-export-step>`
          : nothing
      }
      ${this.#renderCredentials()} ${receipt ? this.#renderReceipt(receipt) : nothing}
      <slot name="cta">${this.#renderCallToAction()}</slot>
      ${this.#renderActions()}
    </div>`;
  }

  #renderCredentials(): TemplateResult | typeof nothing {
    const { t } = this;
    const { session, receipt, form } = this.state;
    const deletedAt = receipt?.credentialsDeletedAt ?? receipt?.deletedAt ?? session?.credentials.deletedAt;
    if (!deletedAt)
      return session?.credentials.stored ? html`<p class="muted">${t('goodbye.stillStored')}</p>` : nothing;
    const provider = providerOf(form.endpointUrl);
    return html`<div class="notice success" part="notice">
      ${icon(LOCK)}
      <div>
        <strong>${t('goodbye.deleted')}</strong>
        <p><time datetime=${deletedAt}>${t('goodbye.deletedAt', { time: t.time(deletedAt) })}</time></p>
        ${
          provider?.keysUrl
            ? html`<p>
                <a href=${provider.keysUrl} target="_blank" rel="noopener noreferrer">
                  ${t('goodbye.revoke', { provider: provider.name })}
                  <span class="visually-hidden">${t('common.newTab')}</span>
                </a>
              </p>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderReceipt(receipt: Receipt): TemplateResult {
    const { t } = this;
    const { runs, results, messages } = receipt.deleted;
    const lines: [string, string][] = [
      [t('goodbye.dataDeletedAt'), t.time(receipt.deletedAt)],
      [t('goodbye.runs'), t.number(runs)],
      [t('goodbye.results'), t.number(results)],
      [t('goodbye.messages'), t.number(messages)],
    ];
    const { proof } = receipt;
    return html`<section class="receipt" aria-label=${t('goodbye.receipt')}>
      <p class="subheading">${t('goodbye.receipt')}</p>
      <dl>${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${
        proof
          ? html`<p class="proof small ${proof}">
              ${proof === 'refused' ? icon(CHECK) : icon(INFO)}<span>${t(`goodbye.proof.${proof}`)}</span>
            </p>`
          : nothing
      }
    </section>`;
  }

  #renderCallToAction(): TemplateResult {
    const { t } = this;
    const url = this.signupUrl || this.state.config?.signupUrl || '';
    return html`<div class="offer">
      <p><strong>${t('goodbye.ctaTitle')}</strong> <span class="muted">${t('goodbye.ctaBody')}</span></p>
      <a
        class="button primary"
        part="button primary-button"
        href=${url}
        target="_blank"
        rel="noopener"
        @click=${(event: Event) => {
          event.preventDefault();
          void this.visit.signUp(url);
        }}
        >${t('goodbye.cta')} <span class="visually-hidden">${t('common.newTab')}</span></a
      >
    </div>`;
  }

  #renderActions(): TemplateResult {
    const { t, visit } = this;
    const { session, run } = this.state;
    return html`<div class="actions">
      ${session ? button({ label: t('common.back'), look: 'quiet', onClick: () => visit.move(run ? 'atlas' : 'connect') }) : nothing}
      ${session && run ? button({ label: t('goodbye.runAgain'), onClick: () => visit.move('connect') }) : nothing}
      ${sessionControls(t, visit, this.state)}
    </div>`;
  }
}

defineOnce('ftl-goodbye-step', GoodbyeStep);
