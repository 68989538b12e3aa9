import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { useFakeApi, Visitor } from '../testing/visitor.js';

/** What a page might say about its text, and the value that the element keeps. */
const LEAKS = {
  'letter-spacing': ['0.08em', 'normal'],
  'text-transform': ['uppercase', 'none'],
  'white-space': ['nowrap', 'normal'],
  'word-spacing': ['1em', '0px'],
  'text-indent': ['2em', '0px'],
  'text-shadow': ['1px 1px red', 'none'],
  'word-break': ['break-all', 'normal'],
  cursor: ['wait', 'auto'],
  'user-select': ['none', 'auto'],
  'text-align': ['end', 'start'],
  'list-style-position': ['inside', 'outside'],
  'font-style': ['italic', 'normal'],
  'font-variant-caps': ['small-caps', 'normal'],
  'line-height': ['3', '26.35px'],
  '-webkit-text-fill-color': ['rgb(0, 128, 0)', 'rgb(89, 96, 112)'],
};

/** What a page might make of what holds the element, without a word on the element's width. */
const PARENTS = [
  'display: flex',
  'display: flex; justify-content: center',
  'display: flex; flex-direction: column',
  'display: flex; flex-direction: column; align-items: center',
  'display: grid',
  'display: grid; place-items: center',
  'display: grid; grid-template-columns: auto auto',
  'width: fit-content',
  'position: absolute',
  'float: left',
  'display: inline-block',
  'display: table-cell',
];

const declarations = Object.entries(LEAKS)
  .map(([name, [value]]) => `${name}: ${value}`)
  .join(';');

async function arriveIn(style: string, attributes: Record<string, string> = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive({ theme: 'light', ...attributes });
  const page = await fixture(html`<div style=${style}></div>`);
  page.append(visitor.element);
  await visitor.atRest();
  return visitor;
}

const styleOf = (visitor: Visitor, selector: string) => getComputedStyle(visitor.one(selector));

/** The rules that the manual gives for the time before the script has arrived, for a tag that is never defined. */
async function documentedPlaceholder(): Promise<string> {
  const manual = await (await fetch('/docs/embedding.md')).text();
  const rules = manual.split('```css\n').find((part) => part.startsWith('ftl-atlas-demo:not(:defined)'))!;
  return rules.split('```')[0]!.replaceAll('ftl-atlas-demo', 'ftl-to-come');
}

describe('on a page with styles of its own', () => {
  // A session that another test has left would be gone on with.
  beforeEach(() => sessionStorage.clear());
  afterEach(async () => {
    fixtureCleanup();
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ colorScheme: 'light' });
  });

  function expectItsOwnText(visitor: Visitor): void {
    for (const [name, [, kept]] of Object.entries(LEAKS)) {
      expect(styleOf(visitor, '.lead').getPropertyValue(name), name).to.equal(kept);
    }
  }

  it('inherits nothing of how the text around it looks', async () => {
    expectItsOwnText(await arriveIn(declarations));
  });

  for (const selector of ['*', 'ftl-atlas-demo'])
    it(`takes nothing over from a rule for the text of ${selector}, however important`, async () => {
      const rule = declarations.replaceAll(';', ' !important;');
      const rules = await fixture(html`<style>${selector} { ${rule} !important; color: red !important }</style>`);
      const visitor = await arriveIn('');
      expectItsOwnText(visitor);
      expect(styleOf(visitor, '.lead').fontSize).to.equal('17px');
      expect(styleOf(visitor, '.heading').color).to.equal('rgb(22, 24, 29)');
      rules.remove();
    });

  for (const [width, wide] of [
    [1200, 960],
    [320, 320],
  ] as const) {
    const widthIn = async (page: HTMLElement, isolated: boolean) => {
      const element = Object.assign(document.createElement('ftl-atlas-demo'), { isolated, apiUrl: location.origin });
      page.replaceChildren(element);
      await element.updateComplete;
      return element.getBoundingClientRect().width;
    };

    for (const parent of PARENTS)
      it(`is as wide as there is room, up to its own width, in a page with ${parent}: ${width} px`, async () => {
        await setViewport({ width, height: 800 });
        const room = await fixture(
          html`<div style="position: absolute; inset: 0 0 auto"><div style=${parent}></div></div>`,
        );
        for (const isolated of [false, true])
          expect(await widthIn(room.firstElementChild as HTMLElement, isolated)).to.equal(wide);
      });

    for (const parent of ['width: min-content', 'float: left; width: min-content', 'display: table; width: 1px'])
      it(`can be used in a page with ${parent}, and sticks out nowhere: ${width} px`, async () => {
        await setViewport({ width, height: 800 });
        const room = await fixture<HTMLElement>(html`<div style=${parent}></div>`);
        for (const isolated of [false, true]) expect(await widthIn(room, isolated)).to.be.within(190, 320);
        expect(document.documentElement.scrollWidth).to.be.at.most(width);
      });

    it(`fits into less room than it would like: ${width} px`, async () => {
      await setViewport({ width, height: 800 });
      const room = await fixture<HTMLElement>(html`<div style="width: 150px; overflow: auto"></div>`);
      for (const isolated of [false, true]) {
        expect(await widthIn(room, isolated)).to.equal(150);
        expect(room.scrollWidth).to.equal(150);
        room.dir = 'rtl';
      }
    });

    it(`is as wide as there is room, up to its own width, in a dialog: ${width} px`, async () => {
      await setViewport({ width, height: 800 });
      const dialog = await fixture<HTMLDialogElement>(html`<dialog></dialog>`);
      dialog.showModal();
      for (const isolated of [false, true]) expect(await widthIn(dialog, isolated)).to.be.within(wide - 40, wide);
    });
  }

  it('keeps its colors in the dark, and what the page sets on it', async () => {
    await emulateMedia({ colorScheme: 'dark' });
    const visitor = await arriveIn('--ftl-accent: rgb(1, 2, 3); direction: rtl', { theme: 'auto' });
    expect(styleOf(visitor, '.heading').color).to.equal('rgb(236, 238, 242)');
    expect(styleOf(visitor, '.primary').backgroundColor).to.equal('rgb(1, 2, 3)');
  });

  it('is not to be seen nor pressed where what holds it is not', async () => {
    const visitor = await arriveIn('visibility: hidden; pointer-events: none');
    expect(styleOf(visitor, '.primary').visibility).to.equal('hidden');
    expect(styleOf(visitor, '.primary').pointerEvents).to.equal('none');
  });

  for (const [lang, width] of ['en', 'de', 'ar'].flatMap((lang) =>
    [320, 390, 430, 720, 1200].map((width) => [lang, width] as const),
  )) {
    it(`takes the place that was kept for it: ${lang}, ${width} px`, async () => {
      await setViewport({ width, height: 800 });
      const page = await fixture(html`<div style="position: absolute; inset: 0 0 auto">
        <style>
          ${await documentedPlaceholder()}
        </style>
        <ftl-to-come><span slot="heading">Try it</span><p>The demo needs JavaScript.</p></ftl-to-come>
      </div>`);
      const placeholder = page.querySelector('ftl-to-come')!.getBoundingClientRect();
      const visitor = await Visitor.arrive({ lang });
      page.append(visitor.element);
      await visitor.atRest();
      const { width: wide, height } = visitor.element.getBoundingClientRect();
      expect({ wide, height }).to.deep.equal({ wide: placeholder.width, height: placeholder.height });
    });
  }
});

describe('in text twice as large', () => {
  useFakeApi();
  afterEach(() => {
    document.documentElement.style.fontSize = '';
  });

  it('keeps the ways out of a session apart, and has icons as large as the text', async () => {
    document.documentElement.style.fontSize = '200%';
    const visitor = await Visitor.arrive();
    await visitor.toConnect();
    await visitor.press('Use the Sample Model');
    await visitor.sees(() => visitor.button('Delete My Data'), 'the session’s controls');
    const box = (name: string) => visitor.button(name)!.getBoundingClientRect();
    expect(box('Delete My Data').left - box('Start Over').right).to.be.at.least(8);
    expect(visitor.one('.notice > svg').getBoundingClientRect().width).to.equal(36);
  });
});
