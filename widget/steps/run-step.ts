import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Run } from '../../api/contract/row.js';
import type { StringKey, Translate } from '../i18n/translate.js';
import { chosenSuite, failedNumbers, isRunning, serverNow, unfinishedCount } from '../selectors.js';
import type { State } from '../state.js';
import { base } from '../styles/base.js';
import { run as styles } from '../styles/run.js';
import { button } from '../ui/button.js';
import { defineOnce } from '../ui/define.js';
import { notice, type Tone } from '../ui/notice.js';
import { reactive } from '../ui/reactive.js';
import { StepElement } from '../ui/step-element.js';
import { Ticker } from '../ui/ticker.js';
import { milestoneBetween } from './milestones.js';
import { runFigures } from './run-figures.js';
import { runRows } from './run-rows.js';

/** The batch test: what it will do, how it goes, and what became of each prompt. */
export class RunStep extends StepElement {
  static override styles = [base, styles];
  static override properties = reactive('failedFirst');

  private failedFirst = false;

  #hadFocus = false;

  constructor() {
    super();
    new Ticker(this, () => isRunning(this.state.run));
  }

  protected override willUpdate(): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The button that was pressed is gone: whoever works with the keyboard goes on from the heading.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.focusHeading();
    const before = changed.get('state');
    if (before) this.#speak(before, this.state);
  }

  protected override render(): TemplateResult {
    const { t } = this;
    const { run, retry, planning } = this.state;
    const ready = !run || retry !== null || planning;
    const lead = ready && this.#plannedCount() > 0 ? this.#lead() : undefined;
    return html`<div class="stack">
      ${this.heading(t(titleOf(ready ? null : run)), lead)}
      ${ready ? this.#renderPlan() : this.#renderRun(run)}
      <div class="actions">
        ${isRunning(run) ? nothing : button({ label: t('common.back'), look: 'quiet', onClick: () => this.visit.move('connect') })}
        ${this.#renderAction(ready)}
      </div>
    </div>`;
  }

  #renderAction(ready: boolean): TemplateResult {
    const { t, visit } = this;
    const { run, busy } = this.state;
    if (ready) return this.#renderStart();
    if (!isRunning(run))
      return html`<span class="muted small push">${t('run.next')}</span>
        ${button({ label: t('common.continue'), look: 'primary', onClick: () => visit.move('atlas') })}`;
    const cancelling = busy === 'cancelling';
    return html`<span class="muted small">${t(cancelling ? 'run.cancelling' : 'run.unattended')}</span>
      ${button({ label: t('run.cancelNow'), look: 'push', busy: cancelling, onClick: () => visit.cancelRun() })}`;
  }

  #renderStart(): TemplateResult {
    const { t, visit } = this;
    const { run, busy } = this.state;
    const start =
      this.#plannedCount() === 0
        ? { label: t('run.choosePrompts'), onClick: () => visit.move('domain') }
        : { label: t('run.startNow'), busy: busy === 'starting', onClick: () => visit.startRun() };
    return html`${run ? button({ label: t('run.keepResults'), look: 'quiet', onClick: () => visit.keepResults() }) : nothing}
    ${button({ ...start, look: 'primary push' })}`;
  }

  #lead(): string {
    return this.t('run.lead', { prompts: this.t('common.prompts', { count: this.#plannedCount() }) });
  }

  #plannedCount(): number {
    const { retry, run, choice } = this.state;
    if (retry && run) return retry.numbers?.length ?? unfinishedCount(run);
    return chosenSuite(this.state)?.prompts.length ?? choice.ownPrompts?.prompts.length ?? 0;
  }

  #renderPlan(): TemplateResult {
    const { t } = this;
    const { connection, form, retry, choice, lost, run } = this.state;
    const model = connection.status === 'ready' ? connection.model : form;
    const count = this.#plannedCount();
    if (count === 0) return notice('warning', t(choice.domain === 'own' ? 'lost.prompts' : 'domain.choose'));
    const source = chosenSuite(this.state)?.name ?? t(`task.${choice.domain ?? 'own'}`);
    const prompts = retry
      ? t('run.promptsRetry', { count })
      : html`<bdi>${source}</bdi> · ${t('common.prompts', { count })}`;
    return html`${lost.settings ? notice('info', t('lost.settings')) : nothing}
    ${run ? notice('info', t('domain.replaces')) : nothing}
    <dl class="plan">
      <div><dt>${t('run.prompts')}</dt><dd>${prompts}</dd></div>
      <div><dt>${t('run.model')}</dt><dd class="mono" dir="ltr">${model.modelId}</dd></div>
      <div><dt>${t('run.endpoint')}</dt><dd class="mono" dir="ltr">${model.endpointUrl}</dd></div>
      <div><dt>${t('run.parallel')}</dt><dd>${t.number(form.concurrency)}</dd></div>
    </dl>`;
  }

  #renderRun(run: Run): TemplateResult {
    const { t } = this;
    return html`
      ${runFigures(t, this.state, run)}
      ${isRunning(run) ? nothing : this.#renderOutcome(run)}
      ${runRows({
        t,
        run,
        inFlight: this.state.inFlight,
        now: serverNow(this.state),
        failedFirst: this.failedFirst,
        onFailedFirst: (failedFirst) => {
          this.failedFirst = failedFirst;
        },
        onRetry: isRunning(run) || !this.state.session ? null : (number) => this.visit.retry([number]),
      })}
    `;
  }

  #renderOutcome(run: Run): TemplateResult {
    const { t } = this;
    const { credentials } = this.state.session ?? {};
    const failed = failedNumbers(run);
    const unfinished = unfinishedCount(run);
    const stopped = run.status === 'completed' && unfinished > 0;
    return notice(
      toneOf(run),
      outcomeOf(t, run),
      html`
        ${stopped ? html`<p>${t('run.stoppedEarly')}</p>` : nothing}
        ${run.status === 'interrupted' ? html`<p>${t('run.interruptedDetail')}</p>` : nothing}
        ${unfinished > 0 && credentials?.stored === false ? html`<p>${t('connect.keyNeeded')}</p>` : nothing}
        ${credentials?.deletedAt ? html`<p>${t('run.keyDeleted', { time: t.time(credentials.deletedAt) })}</p>` : nothing}
        ${failed.length > 0 && this.state.session ? this.#renderRetry('run.retryFailed', failed.length, failed) : nothing}
        ${unfinished > 0 && this.state.session ? this.#renderRetry('run.resume', unfinished) : nothing}
      `,
    );
  }

  #renderRetry(label: 'run.retryFailed' | 'run.resume', count: number, numbers?: number[]): TemplateResult {
    return html`<p>
      ${button({ label: this.t(label, { count }), look: 'small', onClick: () => this.visit.retry(numbers) })}
    </p>`;
  }

  /** A word at each quarter and at the end; nothing in between. */
  #speak(before: State, now: State): void {
    const { t } = this;
    if (!now.run || before.run?.runId !== now.run.runId) return;
    if (isRunning(before.run) && !isRunning(now.run)) {
      this.announce(`${t(titleOf(now.run))}: ${outcomeOf(t, now.run)}`);
      return;
    }
    const percent = milestoneBetween(before.run, now.run);
    if (percent === null) return;
    const failures = now.run.failed > 0 ? ` ${t('run.announceFailed', { count: now.run.failed })}` : '';
    this.announce(t('run.announce', { percent }) + failures);
  }
}

/** How the run went, not how it ended: green only where every prompt was answered. */
function toneOf({ completed, failed, total }: Run): Tone {
  if (completed === total) return 'success';
  return completed === 0 && failed > 0 ? 'danger' : 'warning';
}

const outcomeOf = (t: Translate, { completed, failed }: Run): string => t('run.outcome', { completed, failed });

function titleOf(run: Run | null): StringKey {
  switch (run?.status) {
    case undefined:
      return 'run.title';
    case 'completed':
      return 'run.titleDone';
    case 'cancelled':
      return 'run.titleCancelled';
    case 'interrupted':
      return 'run.titleInterrupted';
    default:
      return 'run.titleRunning';
  }
}

defineOnce('ftl-run-step', RunStep);
