import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { useFakeApi, Visitor } from './testing/visitor.js';

describe('what the page sets', () => {
  const api = useFakeApi();

  it('says that it cannot start where the page names no address, and tells the page', async () => {
    const { error } = console;
    const written: unknown[] = [];
    console.error = (...line) => written.push(line);
    const visitor = await Visitor.arrive({ 'api-url': 'https://' });
    const told: unknown[] = [];
    visitor.element.addEventListener('ftl-error', ({ detail }) => told.push(detail));
    await visitor.press('Start Demo');
    await visitor.sees(() => visitor.text.includes('could not be loaded'), 'the reason');
    await visitor.press('See Sample Results');
    await visitor.sees(() => told.length === 2, 'the second attempt');
    console.error = error;
    expect(told[0]).to.deep.equal({ code: 'network' });
    expect(written.length).to.equal(1);
    expect(api().requests).to.deep.equal([]);
    visitor.element.apiUrl = 'https://demo.example';
    await visitor.toDomain();
  });

  it('says so at once where it is isolated and the page names no address', async () => {
    const { error } = console;
    console.error = () => {};
    const element = Object.assign(document.createElement('ftl-atlas-demo'), { apiUrl: 'https://', isolated: true });
    const told = oneEvent(element, 'ftl-error');
    await fixture(html`${element}`);
    expect((await told).detail).to.deep.equal({ code: 'network' });
    await element.updateComplete;
    console.error = error;
    expect(element.shadowRoot!.textContent).to.contain('could not be loaded');
  });

  it('offers a call to action that the page adds late', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    const own = Object.assign(document.createElement('a'), { slot: 'cta', textContent: 'Talk to us' });
    visitor.element.append(own);
    await visitor.sees(() => own.checkVisibility(), 'the page’s call to action');
    expect(visitor.button('Create a free account (opens in a new tab)')).to.equal(undefined);
    own.remove();
    await visitor.sees(() => visitor.button('Create a free account (opens in a new tab)'), 'the usual one');
  });

  it('keeps its place with a shape of itself until its words have arrived', async () => {
    const element = Object.assign(document.createElement('ftl-atlas-demo'), { lang: 'ar' });
    await fixture(html`${element}`);
    expect(element.shadowRoot!.querySelector('.skeleton')!.checkVisibility()).to.equal(true);
    const { offsetHeight } = element;
    await new Visitor(element).reaches('اختبر نموذجك المضبوط واستكشف النتائج مع Atlas');
    expect(element.shadowRoot!.querySelector('.skeleton')).to.equal(null);
    expect(element.offsetHeight).to.equal(offsetHeight);
  });

  it('speaks the language of the page around its shadow root, and follows the page to another', async () => {
    const { lang } = document.documentElement;
    const host = await fixture<HTMLElement>(html`<div lang="de"></div>`);
    const inside = document.createElement('ftl-atlas-demo');
    host.attachShadow({ mode: 'open' }).append(inside);
    const beside = await Visitor.arrive({ lang: '' });
    const spoken = (element: Element) => element.shadowRoot!.querySelector<HTMLElement>('.frame')?.lang;
    await beside.sees(() => spoken(inside) === 'de', 'German');
    document.documentElement.lang = 'ar';
    await beside.sees(() => spoken(beside.element) === 'ar', 'Arabic');
    document.documentElement.lang = lang;
    expect(spoken(inside)).to.equal('de');
  });

  it('has headings of a level that there is', async () => {
    for (const [given, level] of [
      ['9', '6'],
      ['-1', '1'],
      ['3', '3'],
      ['high', '2'],
    ]) {
      const visitor = await Visitor.arrive({ 'heading-level': given! });
      expect(visitor.one('.heading').getAttribute('aria-level'), given).to.equal(level);
    }
  });
});
