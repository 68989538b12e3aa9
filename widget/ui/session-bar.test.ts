import { aTimeout, expect } from '@open-wc/testing';
import { focused, useFakeApi, Visitor } from '../testing/visitor.js';

describe('below every step', () => {
  const api = useFakeApi();
  let visitor: Visitor;
  const alert = () => visitor.element.shadowRoot!.querySelector('[role=alert]')!.textContent;

  beforeEach(async () => {
    visitor = await Visitor.arrive();
  });

  it('nothing can be deleted before there is a session', async () => {
    await visitor.toConnect();
    expect(visitor.button('Delete My Data')).to.equal(undefined);
    expect(visitor.button('Start Over')).to.equal(undefined);
  });

  it('everything can be deleted as soon as there is one, which leads to the receipt', async () => {
    await visitor.toRun();
    await expect(await visitor.atRest()).to.be.accessible();
    await visitor.press('Delete My Data');
    expect((focused() as HTMLElement).innerText).to.equal('Cancel');
    await expect(await visitor.atRest()).to.be.accessible();
    await visitor.press('Yes, Delete');
    await visitor.reaches('All done. Nothing of yours is left here.');
    await visitor.sees(() => visitor.text.includes('the server refused it (401)'), 'the proof');
    expect(focused()).to.equal(visitor.one('.heading'));
    expect(visitor.button('Download CSV')).to.equal(undefined);
    expect(visitor.text).not.to.contain('This session has ended.');
    expect(sessionStorage.length).to.equal(0);
  });

  it('everything can be deleted while a run goes on, and while it is being cancelled', async () => {
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    await visitor.press('Delete My Data');
    visitor.button('Cancel Run')!.click();
    visitor.button('Yes, Delete')!.click();
    await visitor.reaches('All done. Nothing of yours is left here.');
    expect(api().asked('/cleanup').length).to.equal(1);
    expect(api().openSockets).to.equal(0);
  });

  it('a deletion that fails is explained, and can be tried again', async () => {
    await visitor.toRun();
    api().refusals.set('/cleanup', { code: 'busy', status: 503 });
    await visitor.press('Delete My Data');
    await visitor.press('Yes, Delete');
    await visitor.reaches('Take your results with you');
    await visitor.sees(() => alert()?.startsWith('The server says busy.'), 'the alert');
    expect(visitor.text).to.contain('The server says busy.');
    expect(visitor.button('Download CSV')).to.equal(undefined);
    await visitor.press('Back');
    await visitor.reaches('Connect your model');
    await visitor.press('Delete My Data');
    await visitor.press('Yes, Delete');
    await visitor.reaches('All done. Nothing of yours is left here.');
  });

  it('the visitor can start over from any step, the first one included, and a key typed since is gone', async () => {
    await visitor.toRun();
    await visitor.press('Back');
    await visitor.fill('API Key', 'sk-typed-since');
    await visitor.press('Back');
    await visitor.reaches('What is your model for?');
    await visitor.press('Start Over');
    await visitor.press('Yes, Start Over');
    await visitor.sees(() => !visitor.button('Start Over'), 'the session’s end');
    expect(visitor.heading).to.equal('What is your model for?');
    expect(api().session).to.equal(null);
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(visitor.field('API Key').value).to.equal('');
    expect(visitor.field('Model ID').value).to.equal('sample-model');
  });

  it('Cancel changes nothing', async () => {
    await visitor.toRun();
    await visitor.press('Start Over');
    await visitor.press('Cancel');
    await aTimeout(50);
    expect(visitor.heading).to.equal('Run the batch test');
    expect(api().asked('/cleanup')).to.deep.equal([]);
  });
});
