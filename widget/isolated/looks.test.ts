import { expect, fixture, html } from '@open-wc/testing';
import { tokens } from '../styles/tokens.js';
import { applyLooks } from './apply-looks.js';
import { type Looks, PROPERTIES } from './looks.js';
import { readLooks } from './read-looks.js';

/** An element with a frame inside, as the demo has it. */
async function element(style = ''): Promise<HTMLElement> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  host.style.cssText = style;
  const frame = document.createElement('div');
  frame.className = 'frame';
  frame.style.cssText = 'min-height: 512px; border: 1px solid';
  host.attachShadow({ mode: 'open' }).append(frame);
  return host;
}

const looks = (properties: Record<string, string>): Looks => ({
  rootFontSize: 16,
  windowHeight: 900,
  minHeight: 500,
  properties,
});

describe('the looks that a page hands on to its frame', () => {
  it('are every property of the element but those that the page’s side keeps', () => {
    const all = [...String(tokens).matchAll(/var\((--ftl-[a-z-]+),/g)].map(([, name]) => name);
    expect([...Object.keys(PROPERTIES), '--ftl-max-width', '--ftl-min-height'].sort()).to.deep.equal(all.sort());
  });

  it('are computed values: sizes in pixels, variables and schemes resolved', async () => {
    const host = await element(`
      color-scheme: dark; --brand: #a23b14; --ftl-accent: var(--brand);
      --ftl-text: light-dark(#111111, #eeeeee); --ftl-space: 1.5rem; --ftl-radius: calc(2px + 1px);
      --ftl-font: 'Brand Sans', serif; --ftl-shadow: 0 0 2px red;
    `);
    const { properties, minHeight, rootFontSize, windowHeight } = readLooks(host);
    expect(properties).to.deep.equal({
      '--ftl-font': '"Brand Sans", serif',
      '--ftl-text': 'rgb(238, 238, 238)',
      '--ftl-accent': 'rgb(162, 59, 20)',
      '--ftl-radius': '3px',
      '--ftl-space': '24px',
      '--ftl-shadow': 'rgb(255, 0, 0) 0px 0px 2px 0px',
    });
    expect({ minHeight, rootFontSize, windowHeight }).to.deep.equal({
      minHeight: 510,
      rootFontSize: 16,
      windowHeight: innerHeight,
    });
    expect(host.shadowRoot!.querySelectorAll('*').length).to.equal(1);
  });

  it('are those that the page has set, and no others', async () => {
    expect(readLooks(await element()).properties).to.deep.equal({});
  });
});

describe('the looks that a frame takes on', () => {
  it('are applied, and taken off again', async () => {
    const host = await element();
    applyLooks(host, looks({ '--ftl-accent': 'rgb(162, 59, 20)', '--ftl-font': '"Brand Sans", serif' }));
    expect(host.style.getPropertyValue('--ftl-accent')).to.equal('rgb(162, 59, 20)');
    expect(host.style.getPropertyValue('--ftl-font')).to.equal('"Brand Sans", serif');
    expect(host.style.getPropertyValue('--ftl-min-height')).to.equal('500px');
    applyLooks(host, looks({}));
    expect(host.style.getPropertyValue('--ftl-accent')).to.equal('');
  });

  it('are no addresses, no rules and no values of another kind', async () => {
    const host = await element();
    const bad = {
      '--ftl-background': [
        'url(https://evil.example)',
        'u\\72l(//evil)',
        'red; color: blue',
        'image-set("a" 1x)',
        '5px',
      ],
      '--ftl-font': ['serif } * { color: red', 'var(--x)', 'a'.repeat(600), 'src("a")'],
      '--ftl-shadow': ['0 0 1px url(x)', 'attr(title)', 'env(safe-area-inset-top)'],
      '--ftl-space': ['red', 'expression(alert(1))', '@import'],
    };
    for (const [name, values] of Object.entries(bad))
      for (const value of values) {
        applyLooks(host, looks({ [name]: value }));
        expect(host.style.getPropertyValue(name), value).to.equal('');
      }
    applyLooks(host, looks({ '--other': 'red', color: 'red' }));
    expect(host.style.cssText).not.to.contain('red');
  });
});
