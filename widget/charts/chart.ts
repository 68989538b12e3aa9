import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Chart, Table, Unit } from '../../api/contract/answer.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { ghostButton } from '../styles/ghost-button.js';
import { defineOnce } from '../ui/define.js';
import { reactive } from '../ui/reactive.js';
import { barPlot } from './bar-plot.js';
import { binValues } from './bins.js';
import { chartStyles } from './chart.styles.js';
import { PROMPT_COLUMN } from './data-table.js';
import { ElementWidth } from './element-width.js';
import { valueFormat } from './format.js';
import { histogramPlot } from './histogram-plot.js';
import type { Plot, Point } from './plot.js';

/** Dots and lines are rare: their plots join these with the first of them. */
const PLOTS = new Map<Chart['type'], Plot>([
  ['histogram', histogramPlot],
  ['bar', barPlot],
]);

/** A chart as a picture with a name or, on demand, as a table: the one that it is given, else of what it draws. */
export class ChartElement extends LitElement {
  static override styles = [base, ghostButton, chartStyles];
  static override properties = reactive('chart', 'table', 't', 'asTable');

  chart!: Chart;
  table: Table | null = null;
  t!: Translate;
  private asTable = false;
  readonly #width = new ElementWidth(this);

  /** What is drawn, and the same as a table. */
  #drawn: readonly Point[] = [];
  #ownTable: Table | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.asTable && !PLOTS.has(this.chart.type)) void this.#loadRarePlots();
    if (!changed.has('chart') && !changed.has('t')) return;
    this.#drawn = this.chart.type === 'histogram' ? this.#ranges() : this.chart.points;
    this.#ownTable = this.#tableOf(this.#drawn);
  }

  async #loadRarePlots(): Promise<void> {
    try {
      const { dotPlot, linePlot } = await import('./rare-plots.js');
      PLOTS.set('dots', dotPlot).set('line', linePlot);
    } catch {
      // Without its script the picture cannot be drawn; the table has the same figures.
      this.asTable = true;
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`
      <figure>
        <figcaption>
          <span>${this.chart.title}</span>
          <button class="ghost" type="button" @click=${() => (this.asTable = !this.asTable)}>
            ${this.t(this.asTable ? 'chart.viewAsChart' : 'chart.viewAsTable')}
          </button>
        </figcaption>
        ${this.asTable ? this.#renderTable() : this.#renderPicture()}
      </figure>
    `;
  }

  #renderPicture(): TemplateResult {
    const points = this.#drawn;
    const plot = PLOTS.get(this.chart.type);
    const width = this.#width.pixels;
    const height = plot?.height(points) ?? 0;
    const rtl = getComputedStyle(this).direction === 'rtl';
    const frame = { width, rtl, format: this.#formatOf(this.chart.type === 'histogram' ? 'count' : this.chart.unit) };
    return html`
      <svg role="img" aria-label=${this.#name} width="100%" height=${height} viewBox="0 0 ${width} ${height}">
        ${width > 0 && points.length > 0 ? plot?.draw(points, frame) : ''}
      </svg>
    `;
  }

  #renderTable(): TemplateResult {
    return html`
      <ftl-data-table .table=${this.table ?? this.#ownTable} .caption=${this.chart.title} .t=${this.t}></ftl-data-table>
    `;
  }

  /** A histogram is given its values, one for each prompt, and draws how many lie in each range. */
  #ranges(): Point[] {
    const format = this.#formatOf(this.chart.unit);
    return binValues(this.chart.points.map((point) => point.value)).map(({ from, to, count }) => ({
      label: from === to ? format(from) : `${format(from)} – ${format(to)}`,
      value: count,
      number: null,
    }));
  }

  #tableOf(points: readonly Point[]): Table {
    const { type, metric, unit } = this.chart;
    const value = metric ?? this.t(`unit.${unit}`);
    if (type === 'histogram') return table(this.t('chart.range'), this.t('unit.count'), points, 'label');
    const arePrompts = points.every((point) => point.number !== null);
    if (arePrompts) return table(PROMPT_COLUMN, value, points, 'number');
    return table(this.t('chart.label'), value, points, 'label');
  }

  get #name(): string {
    const { title, unit, points } = this.chart;
    const values = points.map((point) => point.value);
    const format = this.#formatOf(unit);
    return this.t('chart.name', {
      title,
      count: points.length,
      low: format(Math.min(...values)),
      high: format(Math.max(...values)),
    });
  }

  #formatOf(unit: Unit): (value: number) => string {
    return valueFormat(unit, this.t, Math.max(...this.chart.points.map((point) => point.value)));
  }
}

function table(name: string, value: string, points: readonly Point[], key: 'label' | 'number'): Table {
  return { columns: [name, value], rows: points.map((point) => [point[key], point.value]) };
}

defineOnce('ftl-chart', ChartElement);
