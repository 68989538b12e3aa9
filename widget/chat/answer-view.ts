import { html, nothing, type TemplateResult } from 'lit';
import type { Answer, AnswerPart } from '../../api/contract/answer.js';
import { INHERITED_CHIP } from '../../api/contract/limits.js';
import type { Row } from '../../api/contract/row.js';
import '../charts/chart.js';
import { PROMPT_COLUMN } from '../charts/data-table.js';
import { type Translate, unbroken } from '../i18n/translate.js';
import '../ui/download-button.js';
import type { Save } from '../ui/download-button.js';
import './copy-button.js';
import { icon } from '../ui/icon.js';
import { ATLAS, CROSS } from '../ui/icons.js';
import { promptReference } from '../ui/prompt-reference.js';
import { plainText } from './markdown.js';
import { renderMarkdown } from './markdown-view.js';
import { toTsv } from './tsv.js';
import { renderValues } from './values-view.js';

export interface AnswerContext {
  t: Translate;
  rows: readonly Row[];
  ask: (question: string) => void;
  /** Asks again without what an earlier question left; null on an answer that is not the latest. */
  askWithout: ((chip: string) => void) | null;
  save: Save;
}

export function renderAnswer(answer: Answer, context: AnswerContext): TemplateResult {
  const { t, rows } = context;
  const hasRow = (number: number) => rows.some((row) => row.number === number);
  return html`
    <div class="answer ${answer.kind}">
      <span class="mark">${icon(ATLAS)}</span>
      <div class="prose" dir="auto">${renderMarkdown(answer.text, hasRow)}</div>
      ${answer.kind === 'clarify' ? renderReadings(answer, context) : nothing}
      ${answer.parts.map((part) => renderPart(part, answer.text, context, hasRow))}
      <div class="answer-actions">
        <ftl-copy-button .t=${t} .text=${plainText(answer.text)} .label=${t('copy.answer')}></ftl-copy-button>
        ${answer.parts.map(({ table }) => table && html`<ftl-copy-button .t=${t} .text=${toTsv(table)} .label=${t('copy.table')}></ftl-copy-button>`)}
        ${answer.source === 'model-assisted' ? html`<span class="badge">${t('atlas.modelAssisted')}</span>` : nothing}
      </div>
    </div>
  `;
}

function renderReadings(answer: Answer, { ask }: AnswerContext): TemplateResult {
  return html`<ul class="readings">
    ${answer.suggestions.map((reading) => html`<li><button class="reading" type="button" dir="auto" @click=${() => ask(reading)}>${unbroken(reading)}</button></li>`)}
  </ul>`;
}

function renderPart(
  part: AnswerPart,
  text: string,
  context: AnswerContext,
  hasRow: (number: number) => boolean,
): TemplateResult {
  const { t, save } = context;
  const file = part.download;
  return html`
    <div class="part">
      ${renderChips(part, context)}
      ${renderValues(part.values, t)}
      ${part.table && (isPromptList(part) || !part.chart) ? renderTable(part, t) : nothing}
      ${part.chart ? renderChart(part, t) : nothing}
      ${part.table ? nothing : renderReferences(part.rows.filter(hasRow), text, context)}
      ${
        file
          ? html`<ftl-download-button
              exportparts="button"
              .t=${t}
              .save=${save}
              .format=${file.format}
              .path=${file.url}
            ></ftl-download-button>`
          : nothing
      }
    </div>
  `;
}

function renderChips(part: AnswerPart, { t, askWithout }: AnswerContext): TemplateResult | typeof nothing {
  if (part.understood.length === 0) return nothing;
  return html`
    <ul class="chips" aria-label=${t('atlas.understood')}>
      ${part.understood.map((chip) =>
        askWithout && chip.startsWith(INHERITED_CHIP)
          ? html`<li class="chip inherited">
              <bdi>${unbroken(chip)}</bdi>
              <button type="button" aria-label=${t('atlas.without', { chip })} @click=${() => askWithout(chip)}>
                ${icon(CROSS)}
              </button>
            </li>`
          : html`<li class="chip"><bdi>${unbroken(chip)}</bdi></li>`,
      )}
    </ul>
  `;
}

const isPromptList = ({ table }: AnswerPart): boolean => table?.columns[0] === PROMPT_COLUMN;

/** A list of prompts stands beside its chart; figures of groups are the chart's other face. */
function renderChart(part: AnswerPart, t: Translate): TemplateResult {
  const table = isPromptList(part) ? null : part.table;
  return html`<ftl-chart .chart=${part.chart!} .table=${table} .t=${t}></ftl-chart>`;
}

function renderTable(part: AnswerPart, t: Translate): TemplateResult {
  const caption = t('table.name', { chips: part.understood.join(', ') });
  return html`<ftl-data-table .table=${part.table!} .caption=${caption} .t=${t}></ftl-data-table>`;
}

/** The prompts that an answer is about, unless it is about all of them or its text names each. */
function renderReferences(
  numbers: readonly number[],
  text: string,
  { t, rows }: AnswerContext,
): TemplateResult | typeof nothing {
  const named = new Set(Array.from(text.matchAll(/#(\d+)/g), ([, number]) => Number(number)));
  if (numbers.length === rows.length || numbers.every((number) => named.has(number))) return nothing;
  return html`<p class="references"><span class="muted small">${t('atlas.prompts')}</span> ${numbers.map(promptReference)}</p>`;
}
