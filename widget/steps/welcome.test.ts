import { expect } from '@open-wc/testing';
import { useFakeApi, Visitor } from '../testing/visitor.js';

describe('the welcome', () => {
  const api = useFakeApi();

  it('links to where the page tells about data protection, where it does', async () => {
    const silent = await Visitor.arrive();
    expect(silent.all('a')).to.deep.equal([]);
    const visitor = await Visitor.arrive({ 'privacy-url': 'https://partner.example/privacy' });
    const link = visitor.one<HTMLAnchorElement>('a');
    expect(link.textContent).to.equal('Privacy');
    expect(link.href).to.equal('https://partner.example/privacy');
    expect(link.rel).to.contain('noopener');
  });

  it('adds no landmark to the page', async () => {
    const visitor = await Visitor.arrive();
    expect(visitor.all('header, footer, main, nav, aside')).to.deep.equal([]);
  });

  it('leads back into a session that goes on, to its run where there is one', async () => {
    const visitor = await Visitor.arrive();
    const toWelcome = async () => {
      while (!visitor.button('Start Demo')) {
        const { heading } = visitor;
        await visitor.press('Back');
        await visitor.sees(() => visitor.heading !== heading, 'an earlier step');
      }
    };
    await visitor.toDomain();
    await toWelcome();
    expect(visitor.button('Back to My Session')).to.equal(undefined);
    await visitor.toFinished(api());
    await toWelcome();
    await expect(await visitor.atRest()).to.be.accessible();
    await visitor.press('Back to My Session');
    await visitor.reaches('The run has finished');
    expect(api().asked('/configure').length).to.equal(1);
  });
});
