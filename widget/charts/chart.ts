import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Chart, Table } from '../../api/contract/answer.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { ghostButton } from '../styles/ghost-button.js';
import { defineOnce } from '../ui/define.js';
import { barPlot } from './bar-plot.js';
import { chartStyles } from './chart.styles.js';
import { PROMPT_COLUMN } from './data-table.js';
import { dotPlot } from './dot-plot.js';
import { ElementWidth } from './element-width.js';
import { valueFormat } from './format.js';
import { histogramPlot } from './histogram-plot.js';
import { linePlot } from './line-plot.js';

const PLOTS = { histogram: histogramPlot, bar: barPlot, dots: dotPlot, line: linePlot };

/** A chart as a picture with a name or, on demand, as the table that it draws. */
export class ChartElement extends LitElement {
  static override styles = [base, ghostButton, chartStyles];

  @property({ attribute: false }) chart!: Chart;
  @property({ attribute: false }) t!: Translate;
  @state() private asTable = false;
  private readonly width = new ElementWidth(this);

  override render(): TemplateResult {
    return html`
      <figure>
        <figcaption>
          <span>${this.chart.title}</span>
          <button class="ghost" type="button" aria-pressed=${this.asTable} @click=${() => (this.asTable = !this.asTable)}>
            ${this.t('chart.viewAsTable')}
          </button>
        </figcaption>
        ${this.asTable ? this.renderTable() : this.renderPicture()}
      </figure>
    `;
  }

  private renderPicture(): TemplateResult {
    const { type, points } = this.chart;
    const plot = PLOTS[type];
    const width = this.width.pixels;
    const height = plot.height(points);
    const rtl = getComputedStyle(this).direction === 'rtl';
    const frame = { width, rtl, format: this.format };
    return html`
      <svg role="img" aria-label=${this.name} width="100%" height=${height} viewBox="0 0 ${width} ${height}">
        ${width > 0 && points.length > 0 ? plot.draw(points, frame) : ''}
      </svg>
    `;
  }

  private renderTable(): TemplateResult {
    return html`
      <ftl-data-table .table=${this.table} .caption=${this.chart.title} .t=${this.t}></ftl-data-table>
    `;
  }

  private get table(): Table {
    const { type, metric, unit, points } = this.chart;
    const arePrompts = points.every((point) => point.number !== null);
    const name = type === 'histogram' ? this.t('unit.count') : this.t(metric ? `metric.${metric}` : `unit.${unit}`);
    return {
      columns: [
        arePrompts ? PROMPT_COLUMN : this.t('chart.label'),
        type !== 'histogram' && unit === 'ms' ? `${name} (ms)` : name,
      ],
      rows: points.map((point) => [arePrompts ? point.number : point.label, point.value]),
    };
  }

  private get name(): string {
    const { title, points } = this.chart;
    const values = points.map((point) => point.value);
    return this.t('chart.name', {
      title,
      count: points.length,
      low: this.format(Math.min(...values)),
      high: this.format(Math.max(...values)),
    });
  }

  /** A histogram's values are counts of its ranges; all others are in the chart's unit. */
  private get format(): (value: number) => string {
    const unit = this.chart.type === 'histogram' ? 'count' : this.chart.unit;
    return valueFormat(unit, this.t, Math.max(...this.chart.points.map((point) => point.value)));
  }
}

defineOnce('ftl-chart', ChartElement);
