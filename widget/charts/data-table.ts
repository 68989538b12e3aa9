import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Cell, Table } from '../../api/contract/answer.js';
import type { Translate } from '../i18n/translate.js';
import { base } from '../styles/base.js';
import { ghostButton } from '../styles/ghost-button.js';
import { defineOnce } from '../ui/define.js';
import { promptReference } from '../ui/prompt-reference.js';
import { reactive } from '../ui/reactive.js';
import { tableStyles } from './data-table.styles.js';
import { fieldName } from './field-name.js';
import { type Sorting, sortRows } from './sort.js';

/** The column whose cells are prompts' numbers: they open the prompt. */
export const PROMPT_COLUMN = '#';
/** Characters beyond which a cell keeps a width to be read in, and the table scrolls instead. */
const LONG_TEXT = 24;

/**
 * A table that scrolls sideways in its own region and sorts by any column.
 * The prompts' numbers in it open their prompts.
 */
export class DataTable extends LitElement {
  static override styles = [base, ghostButton, tableStyles];
  static override properties = reactive('table', 'caption', 't', 'sorting');

  table: Table = { columns: [], rows: [] };
  caption = '';
  t!: Translate;
  private sorting: Sorting | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('table')) this.sorting = null;
  }

  override render(): TemplateResult {
    const { columns, rows } = this.table;
    const sorted = this.sorting ? sortRows(rows, this.sorting, this.t.lang) : rows;
    return html`
      <div class="scroll" role="region" tabindex="0" aria-labelledby="caption">
        <table>
          <caption id="caption" class="visually-hidden">${this.caption}</caption>
          <thead>
            <tr>${columns.map((name, column) => this.#renderHead(name, column))}</tr>
          </thead>
          <tbody>
            ${sorted.map((row) => html`<tr>${columns.map((name, column) => this.#renderCell(row[column] ?? null, name, column))}</tr>`)}
          </tbody>
        </table>
      </div>
    `;
  }

  /** A column without a name holds the names of its rows: there is nothing to sort by. */
  #renderHead(name: string, column: number): TemplateResult {
    if (name === '') return html`<td></td>`;
    const direction = this.sorting?.column === column ? this.sorting.direction : nothing;
    return html`
      <th scope="col" class=${this.#isNumeric(column) ? 'number' : nothing} aria-sort=${direction}>
        <button type="button" @click=${() => this.#sortBy(column)}>
          ${fieldName(name, this.t)}<span class="arrow" aria-hidden="true"></span>
        </button>
      </th>
    `;
  }

  #renderCell(cell: Cell, name: string, column: number): TemplateResult {
    const content = this.#renderContent(cell, name, column);
    if (column === 0) return html`<th scope="row">${content}</th>`;
    const long = typeof cell === 'string' && cell.length > LONG_TEXT;
    return html`<td class=${this.#isNumeric(column) ? 'number' : long ? 'long' : nothing}>${content}</td>`;
  }

  #renderContent(cell: Cell, name: string, column: number): unknown {
    const { t } = this;
    if (cell === null) {
      return html`<span class="muted" aria-hidden="true">–</span><span class="visually-hidden">${t('table.none')}</span>`;
    }
    if (typeof cell === 'boolean') return t(cell ? 'table.yes' : 'table.no');
    if (typeof cell === 'string') return html`<bdi class="clamp">${name === '' ? fieldName(cell, t) : cell}</bdi>`;
    if (name === PROMPT_COLUMN) return promptReference(cell);
    const digits = this.#fractionDigits(column);
    return t.number(cell, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  /** The same for a whole column, so that its digits stand below each other; none beside thousands. */
  #fractionDigits(column: number): number {
    const numbers = this.table.rows.map((row) => row[column]).filter((cell) => typeof cell === 'number');
    return numbers.every(Number.isInteger) || Math.max(...numbers) >= 1_000 ? 0 : 2;
  }

  #isNumeric(column: number): boolean {
    const cells = this.table.rows.map((row) => row[column] ?? null).filter((cell) => cell !== null);
    return column > 0 && cells.length > 0 && cells.every((cell) => typeof cell === 'number');
  }

  #sortBy(column: number): void {
    const again = this.sorting?.column === column && this.sorting.direction === 'ascending';
    this.sorting = { column, direction: again ? 'descending' : 'ascending' };
  }
}

defineOnce('ftl-data-table', DataTable);
