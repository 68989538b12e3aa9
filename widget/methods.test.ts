import { expect } from '@open-wc/testing';
import { useFakeApi, Visitor } from './testing/visitor.js';

describe('the page around the element', () => {
  const api = useFakeApi();
  let visitor: Visitor;
  const tellings = (name: 'ftl-step' | 'ftl-cleaned-up') => {
    const told: Event[] = [];
    visitor.element.addEventListener(name, (event) => told.push(event));
    return told;
  };

  beforeEach(async () => {
    visitor = await Visitor.arrive();
  });

  it('can begin the demo, and leads nobody back by it', async () => {
    expect(await visitor.element.start()).to.equal(true);
    await visitor.reaches('What is your model for?');
    await visitor.choose('Customer Support');
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(await visitor.element.start()).to.equal(true);
    expect(visitor.heading).to.equal('Connect your model');
  });

  it('is told where the demo could not begin', async () => {
    api().offline = true;
    expect(await visitor.element.start()).to.equal(false);
    await visitor.sees(() => visitor.text.includes('The demo could not be loaded.'), 'the reason');
  });

  it('is told where an isolated demo does not come', async () => {
    const { setTimeout } = window;
    window.setTimeout = ((run: () => void, ms?: number) =>
      setTimeout(run, ms === 10_000 ? 200 : ms)) as typeof window.setTimeout;
    try {
      const refused = await Visitor.arrive({ id: 'refused', isolated: '', 'api-url': `${location.origin}/nowhere` });
      expect(refused.text).to.contain('The demo could not be loaded.');
      expect(await refused.element.start()).to.equal(false);
      expect(await refused.element.endSession()).to.equal(false);
      await refused.sees(() => refused.text.includes('The demo could not be loaded.'), 'the reason');
    } finally {
      window.setTimeout = setTimeout;
    }
  });

  it('can end the session, which deletes it and leads to the receipt', async () => {
    await visitor.toRun();
    const told = tellings('ftl-cleaned-up');
    expect(await visitor.element.endSession()).to.equal(true);
    await visitor.reaches('All done. Nothing of yours is left here.');
    expect(told.length).to.equal(1);
    expect(api().session).to.equal(null);
  });

  it('can end the session even where it forbids the step to the receipt', async () => {
    await visitor.toRun();
    visitor.element.addEventListener('ftl-step', (event) => event.preventDefault());
    expect(await visitor.element.endSession()).to.equal(true);
    expect(api().session).to.equal(null);
    expect(visitor.heading).to.equal('Run the batch test');
  });

  it('is told where the session could not be ended', async () => {
    await visitor.toRun();
    api().refusals.set('/cleanup', { code: 'internal', status: 500 });
    expect(await visitor.element.endSession()).to.equal(false);
    expect(await visitor.element.endSession()).to.equal(true);
  });

  it('has nothing to end where there is no session', async () => {
    expect(await visitor.element.endSession()).to.equal(true);
    await visitor.toConnect();
    expect(await visitor.element.endSession()).to.equal(true);
    expect(visitor.heading).to.equal('Connect your model');
    expect(api().asked('/cleanup')).to.deep.equal([]);
  });

  it('can have the visitor start over', async () => {
    await visitor.toFinished(api());
    const told = tellings('ftl-step');
    expect(await visitor.element.startOver()).to.equal(true);
    await visitor.reaches('What is your model for?');
    expect(told.length).to.equal(1);
    expect(api().session).to.equal(null);
    expect(visitor.button('Delete My Data')).to.equal(undefined);
  });
});
