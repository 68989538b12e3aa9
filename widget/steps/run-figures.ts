import { html, nothing, type TemplateResult } from 'lit';
import type { Run } from '../../api/contract/row.js';
import type { Translate } from '../i18n/translate.js';
import { isRunning, serverNow } from '../selectors.js';
import type { State } from '../state.js';

/** An estimate from fewer results would jump about. */
const RESULTS_FOR_ESTIMATE = 5;

/** The progress bar and the counts of a run. */
export function runFigures(t: Translate, state: State, run: Run): TemplateResult {
  const done = run.results.length;
  const running = isRunning(run);
  const elapsed = elapsedMs(state, run);
  const tokens = run.results.reduce((sum, row) => sum + (row.outputTokens ?? 0), 0);
  return html`
    <div class="bar">
      <progress
        aria-label=${t('run.progress')}
        aria-valuetext=${t('run.done', { done, total: run.total })}
        max=${run.total}
        value=${done}
      ></progress>
      <span aria-hidden="true">${t('run.done', { done, total: run.total })}</span>
    </div>
    <dl class="figures">
      ${figure(t('run.completed'), t.number(run.completed))}
      ${figure(t('run.failed'), t.number(run.failed), run.failed > 0 ? 'bad' : '')}
      ${figure(t('run.elapsed'), elapsed === null ? '–' : t.duration(wholeSeconds(elapsed)))}
      ${running ? figure(t('run.remaining'), remaining(t, run, elapsed)) : nothing}
      ${tokens > 0 ? figure(t('run.tokens'), t.number(tokens)) : nothing}
    </dl>
  `;
}

const figure = (name: string, value: string, tone = ''): TemplateResult =>
  html`<div><dt>${name}</dt><dd class=${tone}>${value}</dd></div>`;

/** Null before the start. */
function elapsedMs(state: State, run: Run): number | null {
  if (!run.startedAt) return null;
  const end = run.finishedAt ? Date.parse(run.finishedAt) : serverNow(state);
  return Math.max(0, end - Date.parse(run.startedAt));
}

function remaining(t: Translate, run: Run, elapsed: number | null): string {
  const done = run.results.length;
  if (elapsed === null || done < RESULTS_FOR_ESTIMATE) return t('run.estimating');
  return `≈ ${t.duration(wholeSeconds((elapsed / done) * (run.total - done)))}`;
}

/** A figure that is looked at each second needs no fractions. */
const wholeSeconds = (milliseconds: number): number => Math.max(1, Math.round(milliseconds / 1_000)) * 1_000;
