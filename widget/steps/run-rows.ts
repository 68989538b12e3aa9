import { html, nothing, type TemplateResult } from 'lit';
import type { Row, Run } from '../../api/contract/row.js';
import type { Translate } from '../i18n/translate.js';
import { hasFailed, isRunning } from '../selectors.js';
import type { State } from '../state.js';
import { button } from '../ui/button.js';
import { CLOCK, icon } from '../ui/icon.js';
import { CHECK, CROSS, DASH } from '../ui/icons.js';
import { rowFailure } from '../ui/row-failure.js';

export interface RunRows {
  t: Translate;
  run: Run;
  inFlight: State['inFlight'];
  /** By the server's clock. */
  now: number;
  failedFirst: boolean;
  onFailedFirst: (failedFirst: boolean) => void;
  /** null where nothing can be sent again now. */
  onRetry: ((number: number) => void) | null;
}

const ICONS = { ok: CHECK, error: CROSS, timeout: CLOCK, cancelled: DASH };

/**
 * What became of each prompt; a row opens to show the texts. Every prompt has its place from the start, so nothing jumps:
 * failures come first where the visitor wants it, once the run has ended.
 */
export function runRows({ t, run, inFlight, now, failedFirst, onFailedFirst, onRetry }: RunRows): TemplateResult {
  const finished = new Map(run.results.map((row) => [row.number, row]));
  const known = [...finished.keys(), ...inFlight.keys()];
  const places = Array.from({ length: Math.max(run.total, ...known) }, (_, index) => index + 1);
  // A retry has only some of the numbers, and which is known as they come.
  const showWaiting = isRunning(run) && known.every((number) => number <= run.total);
  const first = places.filter((number) => {
    const row = finished.get(number);
    return failedFirst && !isRunning(run) && row && hasFailed(row);
  });
  const place = (number: number) => {
    const row = finished.get(number);
    if (row) return finishedRow(t, row, onRetry);
    if (inFlight.has(number)) return inFlightRow(t, number, inFlight.get(number) ?? null, now);
    return showWaiting ? openRow(t, number, t('run.waiting'), nothing) : nothing;
  };
  return html`<section class="results" aria-label=${t('run.results')}>
    <header>
      <p class="subheading">${t('run.results')}</p>
      ${!isRunning(run) && run.results.some(hasFailed) ? failedFilter(t, failedFirst, onFailedFirst) : nothing}
    </header>
    <ol>
      ${first.map(place)}
      ${places.map((number) => (first.includes(number) ? nothing : place(number)))}
    </ol>
  </section>`;
}

function failedFilter(t: Translate, checked: boolean, onChange: RunRows['onFailedFirst']): TemplateResult {
  return html`<label class="filter">
    <input
      type="checkbox"
      .checked=${checked}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />
    ${t('run.failedFirst')}
  </label>`;
}

/** A prompt is asked again a little after the end of its wait, and no event says so. */
function inFlightRow(t: Translate, number: number, until: string | null, now: number): TemplateResult {
  const wait = until === null ? 0 : Math.ceil((Date.parse(until) - now) / 1_000) * 1_000;
  if (wait > 0) return openRow(t, number, t('run.backingOff', { time: t.duration(wait) }), icon(CLOCK));
  return openRow(t, number, t('run.inFlight'), html`<span class="spinner"></span>`);
}

function openRow(t: Translate, number: number, text: string, mark: unknown): TemplateResult {
  return html`<li class="open muted">
    <span class="ordinal">${t.number(number)}</span><span class="status">${mark}</span><span>${text}</span>
  </li>`;
}

function finishedRow(t: Translate, row: Row, onRetry: RunRows['onRetry']): TemplateResult {
  return html`<li>
    <details>
      <summary>
        <span class="ordinal">${t.number(row.number)}</span>
        <span class="status ${row.status}">
          ${icon(ICONS[row.status])}${row.status === 'ok' ? html`<span class="visually-hidden">${t('run.status.ok')}.</span>` : nothing}
        </span>
        <span class="clamp" dir="auto">${row.prompt}</span>
        <span class="measures muted">${measures(t, row).map((text) => html`<span>${text}</span>`)}</span>
      </summary>
      <div class="texts">
        ${row.error ? rowFailure(t, row.error) : nothing}
        <p class="subheading small">${t('run.row.prompt')}</p>
        <p class="text" dir="auto">${row.prompt}</p>
        <p class="subheading small">${t('run.row.response')}</p>
        ${
          row.response
            ? html`<p class="text" dir="auto">${row.response}</p>`
            : html`<p class="muted small">${t('run.row.noResponse')}</p>`
        }
        ${
          onRetry && hasFailed(row)
            ? html`<p>${button({ label: t('run.retryOne'), look: 'small', onClick: () => onRetry(row.number) })}</p>`
            : nothing
        }
      </div>
    </details>
  </li>`;
}

function measures(t: Translate, row: Row): string[] {
  return [
    ...(row.status === 'ok' ? [] : [t(`run.status.${row.status}`)]),
    ...(row.attempts > 1 ? [t('run.row.attempts', { count: row.attempts })] : []),
    ...(row.truncated ? [t('run.row.truncated')] : []),
    ...(row.empty ? [t('run.row.empty')] : []),
    ...(row.outputTokens === null ? [] : [t('run.row.tokens', { count: row.outputTokens })]),
    ...(row.latencyMs === null ? [] : [t.duration(row.latencyMs)]),
  ];
}
