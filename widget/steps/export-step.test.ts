import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { NetworkError } from '../api-client.js';
import { english } from '../testing/themed.js';
import './export-step.js';
import type { Save } from '../ui/download-button.js';
import type { ExportStep } from './export-step.js';

async function exporting(save: Save, theme = 'light', dir = 'ltr') {
  const frame = await fixture(html`
    <test-themed theme=${theme} dir=${dir}><ftl-export-step .t=${english} .save=${save}></ftl-export-step></test-themed>
  `);
  return frame.querySelector('ftl-export-step') as ExportStep;
}
const files = (step: ExportStep) =>
  [...step.renderRoot.querySelectorAll('ftl-download-button')].map((file) => file.renderRoot as ShadowRoot);
const text = (step: ExportStep) =>
  files(step)
    .map((file) => file.textContent)
    .join(' ');
const button = (step: ExportStep, name: string) =>
  files(step)
    .map((file) => file.querySelector('button')!)
    .find((element) => element.textContent?.trim() === name) as HTMLButtonElement;

describe('the files to take away', () => {
  it('are four, each with what is in it', async () => {
    const step = await exporting(async () => 'x');
    for (const name of ['Download PDF Report', 'Download CSV', 'Download Excel', 'Download JSON']) {
      const [description] = button(step, name).ariaDescribedByElements ?? [];
      expect(description?.textContent, name).to.match(/\w{3,}/);
    }
  });

  it('are saved one at a time each, and named', async () => {
    const saved: string[] = [];
    let finish!: (name: string) => void;
    const step = await exporting((format) => {
      saved.push(format);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    const said: string[] = [];
    step.addEventListener('announce', (event) => said.push((event as CustomEvent<string>).detail));
    button(step, 'Download CSV').click();
    await nextFrame();
    expect(button(step, 'Download CSV').ariaBusy).to.equal('true');
    await expect(step).to.be.accessible();
    button(step, 'Download CSV').click();
    finish('atlas-results.csv');
    await waitUntil(() => text(step).includes('Saved: atlas-results.csv'));
    expect(saved).to.deep.equal(['csv']);
    expect(button(step, 'Download CSV').ariaBusy).to.equal('false');
    expect(said).to.deep.equal(['Preparing the file…', 'Saved: atlas-results.csv']);
  });

  it('are left to the page where it forbids them', async () => {
    const step = await exporting(async () => null);
    button(step, 'Download CSV').click();
    await nextFrame();
    expect(button(step, 'Download CSV').ariaBusy).to.equal('false');
    expect(text(step)).not.to.contain('Saved').and.not.to.contain('could not');
  });

  it('can be asked for again where they failed', async () => {
    let fails = true;
    const step = await exporting(() =>
      fails ? Promise.reject(new NetworkError('gone')) : Promise.resolve('report.pdf'),
    );
    button(step, 'Download PDF Report').click();
    await waitUntil(() => text(step).includes('The server could not be reached.'));
    await expect(step).to.be.accessible();
    fails = false;
    button(step, 'Download PDF Report').click();
    await waitUntil(() => text(step).includes('Saved: report.pdf'));
    expect(text(step)).not.to.contain('could not be reached');
  });

  for (const [theme, dir, width] of [
    ['light', 'ltr', 1200],
    ['dark', 'rtl', 320],
  ] as const) {
    it(`pass axe and fit: ${theme}, ${dir}, ${width} px`, async () => {
      await setViewport({ width, height: 800 });
      const step = await exporting(async () => 'x', theme, dir);
      await expect(step).to.be.accessible();
      expect(step.scrollWidth).to.be.at.most(step.clientWidth);
      await setViewport({ width: 800, height: 600 });
    });
  }
});
