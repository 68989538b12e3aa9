import { expect, fixture, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { useFakeApi, Visitor } from '../testing/visitor.js';
import { ar } from './ar.js';
import { createTranslate } from './translate.js';

/** Where parts of a text are drawn, px from the left; each is the first of its kind after the one before. */
function places(element: Element, ...parts: string[]): number[] {
  const node = [...element.childNodes].find((child) => child.nodeType === 3 && child.textContent!.includes(parts[0]!))!;
  const text = node.textContent!;
  let from = 0;
  return parts.map((part) => {
    const start = text.indexOf(part, from);
    from = start + part.length;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, from);
    return range.getBoundingClientRect().left;
  });
}

const isLeftToRight = (lefts: number[]) => lefts.every((left, index) => index === 0 || lefts[index - 1]! < left);

async function drawn(text: string): Promise<Element> {
  const paragraph = await fixture(html`<p dir="rtl" style="width: 4000px; font: 16px sans-serif"></p>`);
  paragraph.textContent = text;
  return paragraph;
}

describe('a text from right to left', () => {
  const t = createTranslate('ar', ar);

  it('has addresses in it that stay in order', async () => {
    const texts = Object.values(ar).filter((entry) => typeof entry === 'string' && entry.includes('://')) as string[];
    expect(texts.length).to.be.greaterThan(3);
    for (const text of texts)
      expect(isLeftToRight(places(await drawn(text), 'http', ':', '/', '/')), text).to.equal(true);
  });

  it('has names in it that keep their punctuation', async () => {
    for (const model of ['(beta) my-model', '7b-chat (v2)', '.hidden!'])
      for (const text of [
        t('connect.readyDetail', { model, time: t.duration(840) }),
        t('export.saved', { name: model }),
      ])
        expect(isLeftToRight(places(await drawn(text), ...model)), text).to.equal(true);
  });
});

describe('an Arabic visit', () => {
  const api = useFakeApi();
  afterEach(() => setViewport({ width: 800, height: 600 }));

  it('quotes and lists Latin names the way these are read: 320 px', async () => {
    await setViewport({ width: 320, height: 800 });
    const visitor = await Visitor.arrive({ lang: 'ar' });
    await visitor.press('ابدأ العرض');
    await visitor.choose('خدمة العملاء');
    const quotes = () => visitor.all('q').map((quote) => getComputedStyle(quote).quotes);
    expect(new Set(quotes())).to.deep.equal(new Set(['"“" "”"']));
    await visitor.press('متابعة');
    await visitor.press('استخدم النموذج التجريبي');
    await visitor.sees(() => visitor.all('.notice q').length === 1, 'the first words');
    expect(quotes()).to.deep.equal(['"“" "”"']);
    await visitor.press('متابعة');
    await visitor.sees(() => visitor.all('.plan').length === 1, 'the plan');
    const source = visitor.one('.plan bdi');
    const [count] = places(visitor.one('.plan dd'), '10');
    expect(count).to.be.lessThan(source.getBoundingClientRect().left);
    expect(api().asked('/configure').length).to.equal(1);
    expect(visitor.element.offsetWidth).to.be.at.most(320);
  });
});
