import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Table } from '../../api/contract/answer.js';
import { turns } from '../testing/conversation.js';
import { english } from '../testing/themed.js';
import './data-table.js';
import type { DataTable } from './data-table.js';

async function show(table: Table, width = 600) {
  const frame = await fixture(html`
    <test-themed><ftl-data-table .table=${table} .caption=${'Slowest prompts'} .t=${english}></ftl-data-table></test-themed>
  `);
  (frame as HTMLElement).style.setProperty('width', `${width}px`);
  return frame.querySelector('ftl-data-table') as DataTable;
}
const inside = (element: DataTable, selector: string) => [
  ...element.renderRoot.querySelectorAll<HTMLElement>(selector),
];
const column = (element: DataTable, at: number) =>
  inside(element, `tbody tr > :nth-child(${at})`).map((cell) => cell.textContent?.trim());
const table = turns.table.answer.parts[0]!.table!;

describe('a table of an answer', () => {
  it('has a caption, scopes and numbers in the visitor’s language', async () => {
    const element = await show(table);
    expect(inside(element, 'caption')[0]?.textContent).to.equal('Slowest prompts');
    expect(inside(element, 'th[scope=col]')).to.have.length(4);
    expect(inside(element, 'th[scope=row]')).to.have.length(3);
    expect(column(element, 4)).to.deep.equal(['3,890', '1,710', '1,460']);
    await expect(element).to.be.accessible();
  });

  it('breaks no word that fits its cell', async () => {
    const columns = ['category', 'ok', 'p50LatencyMs', 'p95LatencyMs', 'outputTokens', 'costUsd', 'retries'];
    const element = await show({ columns, rows: [['multilingual', 12, 1_200, 3_400, 560, 120, 3]] }, 420);
    const word = document.createRange();
    word.selectNodeContents(inside(element, 'tbody bdi')[0]!);
    expect(word.getClientRects()).to.have.length(1);
  });

  it('sorts by a column at the keyboard, up and down, and says so', async () => {
    const element = await show(table);
    inside(element, 'thead button')[3]?.focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(column(element, 4)).to.deep.equal(['1,460', '1,710', '3,890']);
    expect(inside(element, 'thead th')[3]?.ariaSort).to.equal('ascending');
    await sendKeys({ press: 'Space' });
    await element.updateComplete;
    expect(column(element, 4)).to.deep.equal(['3,890', '1,710', '1,460']);
    expect(inside(element, 'thead th').map((head) => head.ariaSort)).to.deep.equal([null, null, null, 'descending']);
    await expect(element).to.be.accessible();
  });

  it('names figures as people read them', async () => {
    const heads = (element: DataTable) => inside(element, 'thead tr > *').map((head) => head.textContent?.trim());
    expect(heads(await show(table))).to.deep.equal(['#', 'Category', 'Prompt', 'Latency (ms)']);
    expect(heads(await show(turns.groups.answer.parts[0]!.table!))).to.deep.equal([
      'Category',
      'mean · Latency (ms)',
      'prompts',
    ]);
  });

  it('shows the card of a prompt without a heading over its names', async () => {
    const element = await show(turns.card.answer.parts[0]!.table!);
    expect(inside(element, 'thead button')).to.have.length(1);
    expect(column(element, 1)).to.deep.equal(['Prompt', 'Status', 'Latency (ms)', 'Output tokens']);
    expect(inside(element, '.number')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('starts afresh with a new table', async () => {
    const element = await show(table);
    inside(element, 'thead button')[3]?.click();
    await element.updateComplete;
    element.table = turns.groups.answer.parts[0]!.table!;
    await element.updateComplete;
    expect(inside(element, '[aria-sort]')).to.have.length(0);
  });

  it('opens a prompt from its number', async () => {
    const element = await show(table);
    setTimeout(() => inside(element, '.ref')[1]?.click());
    const { detail } = await oneEvent(element, 'open-row');
    expect(detail).to.equal(7);
  });

  it('scrolls inside itself where it is wider than its place', async () => {
    const element = await show(table, 240);
    const region = inside(element, '[role=region]')[0]!;
    expect(element.offsetWidth).to.be.at.most(240);
    expect(region.scrollWidth).to.be.greaterThan(region.clientWidth);
    expect(region.tabIndex).to.equal(0);
  });

  it('says what is missing, true and false in words', async () => {
    const element = await show({
      columns: ['a', 'b'],
      rows: [
        ['x', null],
        ['y', true],
        ['z', false],
      ],
    });
    expect(column(element, 2)).to.deep.equal(['–none', 'Yes', 'No']);
  });
});
