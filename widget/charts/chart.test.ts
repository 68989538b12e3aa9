import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import { CHART_TYPES, type Chart, UNITS } from '../../api/contract/answer.js';
import { turns } from '../testing/conversation.js';
import { english } from '../testing/themed.js';
import './chart.js';
import type { ChartElement } from './chart.js';

const CHARTS = [turns.histogram, turns.groups, turns.dots, turns.line].map(({ answer }) => answer.parts[0]!.chart!);

async function draw(chart: Chart, { dir = 'ltr', width = 400 } = {}) {
  const frame = await fixture(html`
    <test-themed dir=${dir}><ftl-chart .chart=${chart} .t=${english}></ftl-chart></test-themed>
  `);
  (frame as HTMLElement).style.setProperty('width', `${width}px`);
  const element = frame.querySelector('ftl-chart') as ChartElement;
  await waitUntil(() => chart.points.length === 0 || element.renderRoot.querySelector('.mark'));
  return element;
}
const all = (element: ChartElement, selector: string) => [
  ...element.renderRoot.querySelectorAll<SVGGraphicsElement>(selector),
];

describe('a chart', () => {
  for (const chart of CHARTS) {
    it(`is a picture with a name: ${chart.type}`, async () => {
      const element = await draw(chart);
      const picture = element.renderRoot.querySelector('[role=img]');
      expect(picture?.ariaLabel).to.match(
        new RegExp(`^${chart.title}\\. Chart of ${chart.points.length} values, from .+ to .+\\.$`),
      );
      await expect(element).to.be.accessible();
    });

    it(`has a mark for each point, inside its frame, in either direction: ${chart.type}`, async () => {
      for (const dir of ['ltr', 'rtl']) {
        for (const width of [240, 700]) {
          const element = await draw(chart, { dir, width });
          const picture = element.renderRoot.querySelector('svg')!.getBoundingClientRect();
          expect(all(element, '.mark')).to.have.length(chart.type === 'histogram' ? 4 : chart.points.length);
          for (const mark of all(element, '.mark, .value')) {
            const box = mark.getBoundingClientRect();
            expect(box.left, `${dir} ${width}`).to.be.at.least(picture.left - 4);
            expect(box.right, `${dir} ${width}`).to.be.at.most(picture.right + 4);
          }
        }
      }
    });
  }

  it('draws bars in proportion', async () => {
    const element = await draw(turns.groups.answer.parts[0]!.chart!);
    const [longest, , , , , shortest] = all(element, 'rect').map((bar) => Number(bar.getAttribute('width')));
    expect(longest! / shortest!).to.be.closeTo(3890 / 640, 0.01);
  });

  it('writes a value in words that its title has, too', async () => {
    const element = await draw(turns.groups.answer.parts[0]!.chart!);
    expect(all(element, '.value').map((label) => label.textContent)).to.deep.equal([
      '3.89\u00a0s',
      '1.71\u00a0s',
      '1.29\u00a0s',
      '1.11\u00a0s',
      '0.89\u00a0s',
      '0.64\u00a0s',
    ]);
    expect(all(element, 'rect title')[0]?.textContent).to.equal('technical trouble: 3.89\u00a0s');
  });

  it('shows the same figures as a table, and back', async () => {
    const element = await draw(turns.dots.answer.parts[0]!.chart!);
    const toggle = element.renderRoot.querySelector('button')!;
    toggle.click();
    await nextFrame();
    const table = element.renderRoot.querySelector('ftl-data-table')!.shadowRoot!;
    expect(toggle.innerText).to.equal('View as chart');
    expect([...table.querySelectorAll('thead th')].map((head) => head.textContent?.trim())).to.deep.equal([
      '#',
      'Output tokens',
    ]);
    expect(table.querySelectorAll('tbody tr')).to.have.length(9);
    await expect(element).to.be.accessible();
    toggle.click();
    await nextFrame();
    expect(toggle.innerText).to.equal('View as table');
    expect(element.renderRoot.querySelector('[role=img]')).to.exist;
  });

  it('sorts the values of a histogram into ranges', async () => {
    const element = await draw(turns.histogram.answer.parts[0]!.chart!, { width: 600 });
    expect(all(element, 'rect title').map((range) => range.textContent)).to.deep.equal([
      '0\u00a0s – 1\u00a0s: 4',
      '1\u00a0s – 2\u00a0s: 4',
      '2\u00a0s – 3\u00a0s: 0',
      '3\u00a0s – 4\u00a0s: 1',
    ]);
  });

  it('writes the ranges of a histogram inside its frame, and apart from each other, in either direction', async () => {
    const values = [904, 909, 912, 918, 919, 925, 931, 938, 936, 905];
    const points = values.map((value, at) => ({ label: `Prompt ${at + 1}`, value, number: at + 1 }));
    for (const dir of ['ltr', 'rtl']) {
      for (const width of [180, 265, 330]) {
        const element = await draw({ ...turns.histogram.answer.parts[0]!.chart!, points }, { dir, width });
        const frame = element.getBoundingClientRect();
        const labels = all(element, 'text:not(.value)').map((label) => label.getBoundingClientRect());
        labels.sort((one, other) => one.left - other.left);
        expect(labels.length, `${dir} ${width}`).to.be.at.least(1);
        expect(labels[0]!.left, `${dir} ${width}`).to.be.at.least(frame.left - 1);
        expect(labels.at(-1)!.right, `${dir} ${width}`).to.be.at.most(frame.right + 1);
        for (const [at, label] of labels.slice(1).entries())
          expect(label.left, `${dir} ${width}`).to.be.above(labels[at]!.right);
      }
    }
  });

  it('keeps its table as the reader sorted it when its width changes', async () => {
    const element = await draw(turns.dots.answer.parts[0]!.chart!, { width: 300 });
    element.renderRoot.querySelector('button')!.click();
    await element.updateComplete;
    const inside = element.renderRoot.querySelector('ftl-data-table')!.shadowRoot!;
    inside.querySelectorAll('button')[1]!.click();
    (element.parentElement as HTMLElement).style.setProperty('width', '500px');
    await waitUntil(() => element.offsetWidth === 500);
    await nextFrame();
    await nextFrame();
    expect(inside.querySelectorAll('[aria-sort=ascending]')).to.have.length(1);
  });

  it('redraws to the width of its container', async () => {
    const element = await draw(turns.line.answer.parts[0]!.chart!, { width: 300 });
    const viewBox = () => element.renderRoot.querySelector('svg')?.getAttribute('viewBox');
    expect(viewBox()).to.equal('0 0 300 200');
    (element.parentElement as HTMLElement).style.setProperty('width', '500px');
    await waitUntil(() => viewBox() === '0 0 500 200');
  });

  it('draws whatever it is given, without a NaN and without an inline style', async () => {
    const point = fc.record({
      label: fc.string({ maxLength: 60 }),
      value: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      number: fc.option(fc.integer({ min: 1, max: 20 })),
    });
    const chart = fc.record({
      type: fc.constantFrom(...CHART_TYPES),
      metric: fc.constant(null),
      unit: fc.constantFrom(...UNITS),
      title: fc.string(),
      points: fc.array(point, { maxLength: 20 }),
    });
    const element = await draw(CHARTS[0]!);
    await fc.assert(
      fc.asyncProperty(chart, async (given) => {
        element.chart = given;
        await element.updateComplete;
        const markup = (element.renderRoot as ShadowRoot).innerHTML;
        expect(markup).not.to.match(/NaN|Infinity|undefined/);
        expect(markup).not.to.contain('style=');
      }),
      { numRuns: 60 },
    );
  });
});
