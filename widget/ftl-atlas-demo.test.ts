import { aTimeout, expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { rows } from './testing/conversation.js';
import { SAMPLE, TOKEN } from './testing/fake-api.js';
import { focused, useFakeApi, Visitor } from './testing/visitor.js';

describe('a visit', () => {
  const api = useFakeApi();

  it('requests nothing before the visitor starts', async () => {
    await Visitor.arrive();
    await aTimeout(50);
    expect(api().requests).to.deep.equal([]);
    expect(api().sockets).to.deep.equal([]);
  });

  it('says what it is about at the start', async () => {
    const visitor = await Visitor.arrive();
    expect(visitor.text).to.contain('Test your fine-tuned model and explore results with Atlas');
    expect(visitor.one('[aria-current=step]').textContent).to.contain('Step 1 of 6');
  });

  it('goes from the start through a run and Atlas to the deleted key', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    await visitor.press('Download CSV');
    await visitor.press('Delete My Data');
    await visitor.press('Yes, Delete');
    await visitor.reaches('All done. Nothing of yours is left here.');
    expect(visitor.text).to.contain('Your API credentials have been securely deleted.');
    await visitor.sees(() => visitor.text.includes('the server refused it (401)'), 'the proof');
    expect(api().session).to.equal(null);
    expect(sessionStorage.length).to.equal(0);
  });

  it('tells its page what happens, without a secret', async () => {
    const events: [string, unknown][] = [];
    const names = ['step', 'connected', 'run-finished', 'answer', 'exported', 'signup', 'cleaned-up', 'error'].map(
      (n) => `ftl-${n}`,
    );
    const listen = (event: Event) => events.push([event.type, (event as CustomEvent).detail]);
    for (const name of names) document.addEventListener(name, listen);
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    await visitor.press('Delete My Data');
    await visitor.press('Yes, Delete');
    await visitor.reaches('All done. Nothing of yours is left here.');
    for (const name of names) document.removeEventListener(name, listen);

    expect(
      events.filter(([name]) => name === 'ftl-step').map(([, detail]) => (detail as { to: string }).to),
    ).to.deep.equal(['domain', 'connect', 'run', 'atlas', 'goodbye']);
    expect(events).to.deep.include(['ftl-connected', { modelId: 'sample-model', latencyMs: 142 }]);
    expect(events).to.deep.include([
      'ftl-run-finished',
      { runId: 'r1', status: 'completed', total: rows.length, completed: rows.length, failed: 0 },
    ]);
    expect(JSON.stringify(events)).not.to.contain(TOKEN);
  });

  it('shows sample results with one press: no endpoint, no key', async () => {
    const visitor = await Visitor.arrive();
    await visitor.press('See Sample Results');
    await visitor.reaches('Your model is answering');
    expect(api().asked('/configure')[0]!.body).to.deep.equal({ ...SAMPLE, apiKey: '' });
    expect(api().asked('/batch-test')[0]!.body).to.include({ suiteId: 'customer-support-1' });
    expect(api().asked('/configure').length).to.equal(1);
  });

  it('takes the sample’s prompts from the domain that the page preselects', async () => {
    const visitor = await Visitor.arrive({ domain: 'code_generation' });
    await visitor.press('See Sample Results');
    await visitor.reaches('Your model is answering');
    expect(api().asked('/batch-test')[0]!.body).to.include({ suiteId: 'code-generation-1' });
  });

  it('says why there are no sample results', async () => {
    const visitor = await Visitor.arrive();
    api().refusals.set('/configure', { code: 'session_exists', status: 409 });
    await visitor.press('See Sample Results');
    await visitor.reaches('Connect your model');
    expect(visitor.text).to.contain('Another demo session is open from your network.');
    expect(api().asked('/batch-test')).to.deep.equal([]);
  });

  it('begins as ever where the server offers no sample model', async () => {
    const visitor = await Visitor.arrive();
    api().offersSample = false;
    await visitor.press('See Sample Results');
    await visitor.reaches('What is your model for?');
    expect(api().asked('/configure')).to.deep.equal([]);
  });

  it('starts no sample where the page forbids the step', async () => {
    const visitor = await Visitor.arrive();
    visitor.element.addEventListener('ftl-step', (event) => event.preventDefault());
    await visitor.press('See Sample Results');
    await visitor.sees(() => api().asked('/configure').length === 1, 'the connection');
    await aTimeout(100);
    expect(visitor.heading).to.contain('Test your fine-tuned model');
    expect(api().asked('/batch-test')).to.deep.equal([]);
  });

  it('offers no sample in place of a visit that has begun', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    await visitor.press('Back');
    await visitor.sees(() => visitor.button('Start Demo'), 'the welcome');
    expect(visitor.button('See Sample Results')).to.equal(undefined);
  });

  it('stays where it is when the page forbids a step', async () => {
    const visitor = await Visitor.arrive();
    visitor.element.addEventListener('ftl-step', (event) => event.preventDefault());
    await visitor.press('Start Demo');
    await aTimeout(100);
    expect(visitor.heading).to.contain('Test your fine-tuned model');
  });

  it('makes no file that its page forbids', async () => {
    const visitor = await Visitor.arrive();
    const asked: unknown[] = [];
    visitor.element.addEventListener('ftl-export', (event) => {
      asked.push(event.detail);
      if (event.detail.format === 'pdf') event.preventDefault();
    });
    await visitor.toGoodbye(api());
    await visitor.press('Download PDF Report');
    await visitor.press('Download CSV');
    await visitor.sees(() => visitor.text.includes('Saved: results.csv'), 'the other file');
    expect(asked).to.deep.equal([{ format: 'pdf' }, { format: 'csv' }]);
    expect(api().asked('/export').length).to.equal(1);
  });

  it('can be followed by another run in the same session', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    await visitor.press('Run Again');
    await visitor.reaches('Connect your model');
    expect(visitor.field('Model ID').value).to.equal('sample-model');
    expect(api().asked('/cleanup')).to.deep.equal([]);
  });

  it('leads to the page to sign up at, unless its page sees to that', async () => {
    const opened: unknown[][] = [];
    const { open } = window;
    window.open = (...how) => {
      opened.push(how);
      return null;
    };
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    await visitor.press('Create a free account (opens in a new tab)');
    await visitor.sees(() => opened.length === 1, 'a new tab');
    expect(opened).to.deep.equal([['https://finetunelab.example/signup', '_blank', 'noopener']]);

    const asked = oneEvent(visitor.element, 'ftl-signup');
    visitor.element.addEventListener('ftl-signup', (event) => event.preventDefault());
    await visitor.press('Create a free account (opens in a new tab)');
    expect((await asked).detail).to.deep.equal({ url: 'https://finetunelab.example/signup' });
    await aTimeout(50);
    window.open = open;
    expect(opened.length).to.equal(1);
  });

  it('moves the focus to the heading of each step, but never on load', async () => {
    const visitor = await Visitor.arrive();
    expect(focused()).to.equal(document.body);
    await visitor.toDomain();
    await visitor.sees(() => focused()?.textContent?.includes('What is your model for?'), 'the focus on the heading');
  });

  it('sends no cookie, and the token only in the header', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toFinished(api());
    expect(api().requests.every(({ credentials }) => credentials === 'omit')).to.equal(true);
    expect(api().requests.some(({ path }) => path.includes(TOKEN))).to.equal(false);
    expect(api().sockets[0]!.url).to.equal('wss://demo.example/api/demo/v2/ws');
    expect(api().sockets[0]!.sent[0]).to.deep.include({ type: 'hello', token: TOKEN });
  });

  it('starts over with a fresh session, address and model still filled in', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toGoodbye(api());
    await visitor.press('Start Over');
    await visitor.press('Yes, Start Over');
    await visitor.reaches('What is your model for?');
    expect(api().session).to.equal(null);
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(visitor.field('API Endpoint').value).to.equal('https://demo.example/sample-model/v1');
  });

  it('leads back to the welcome and on again in the same session', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toConnect();
    await visitor.press('Use the Sample Model');
    await visitor.sees(() => visitor.text.includes('The connection works.'), 'the connection');
    await visitor.press('Back');
    await visitor.reaches('What is your model for?');
    await visitor.press('Back');
    await visitor.toDomain();
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(visitor.text).to.contain('The connection works.');
    expect(api().sockets.length).to.equal(1);
    expect(api().asked('/config').length).to.equal(1);
  });

  it('says that it could not start, and starts on the next try', async () => {
    const visitor = await Visitor.arrive();
    api().offline = true;
    await visitor.press('Start Demo');
    await visitor.sees(() => visitor.text.includes('could not be loaded'), 'the reason');
    api().offline = false;
    await visitor.toDomain();
  });

  it('can be done with the keyboard alone', async () => {
    const visitor = await Visitor.arrive();
    const tabTo = async (found: (element: Element) => boolean) => {
      for (let count = 0; count < 30; count += 1) {
        await sendKeys({ press: 'Tab' });
        if (found(focused()!)) return;
      }
      throw new Error('The Tab key does not lead there');
    };
    const button = (name: string) => (element: Element) => element.textContent?.trim() === name;
    await tabTo(button('Start Demo'));
    await sendKeys({ press: 'Enter' });
    await visitor.reaches('What is your model for?');
    await tabTo((element) => (element as HTMLInputElement).type === 'radio');
    await sendKeys({ press: 'ArrowDown' });
    await tabTo(button('Continue'));
    await sendKeys({ press: 'Enter' });
    await visitor.reaches('Connect your model');
    await tabTo(button('Use the Sample Model'));
    await sendKeys({ press: 'Enter' });
    await visitor.sees(() => visitor.text.includes('The connection works.'), 'the connection');
    await tabTo(button('Continue'));
    await sendKeys({ press: 'Enter' });
    await visitor.reaches('Run the batch test');
    await tabTo(button('Run Batch Test'));
    await sendKeys({ press: 'Enter' });
    await visitor.reaches('Your model is answering');
  });
});

describe('a guest on the page', () => {
  const api = useFakeApi();

  it('writes no default onto the host, which a page may have rendered before', async () => {
    const visitor = await Visitor.arrive();
    expect(visitor.element.hasAttribute('theme')).to.equal(false);
    visitor.element.theme = 'dark';
    await visitor.element.updateComplete;
    expect(visitor.element.getAttribute('theme')).to.equal('dark');
  });

  it('keeps what is typed from the page’s shortcuts, but not Escape', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toConnect();
    const heard: string[] = [];
    const listen = (event: Event) => heard.push(`${event.type} ${(event as KeyboardEvent).key}`);
    const types = ['keydown', 'keypress', 'keyup'];
    for (const type of types) document.addEventListener(type, listen);
    visitor.field('API Endpoint').focus();
    await sendKeys({ press: '/' });
    await sendKeys({ press: 'Escape' });
    for (const type of types) document.removeEventListener(type, listen);
    expect(visitor.field('API Endpoint').value).to.equal('/');
    expect(heard).to.deep.equal(['keydown Escape', 'keyup Escape']);
  });

  it('leaves nothing behind after ten mounts and removals', async () => {
    const before = document.querySelectorAll('*').length;
    for (let count = 0; count < 10; count += 1) {
      const visitor = await Visitor.arrive({ persist: 'none' });
      await visitor.toRun();
      await visitor.sees(() => api().openSockets === 1, 'a socket');
      fixtureCleanup();
      await aTimeout(0);
      expect(api().openSockets).to.equal(0);
    }
    expect(document.querySelectorAll('*').length).to.equal(before);
  });

  it('goes on when it is moved', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
    const place = await fixture(html`<div></div>`);
    place.append(visitor.element);
    await aTimeout(20);
    expect(api().sockets.length).to.equal(1);
    api().finishPrompt();
    await visitor.sees(() => visitor.text.includes('1 of 10'), 'the next result');
  });

  it('lives beside another of its kind, in another language and theme', async () => {
    const first = await Visitor.arrive({ id: 'first', theme: 'dark' });
    const second = await Visitor.arrive({
      id: 'second',
      theme: 'light',
      lang: 'de',
      'api-url': 'https://other.example',
    });
    await first.toDomain();
    expect(second.heading).not.to.equal(first.heading);
    expect(getComputedStyle(first.element).colorScheme).to.equal('dark');
    expect(getComputedStyle(second.element).colorScheme).to.equal('light');
  });

  it('offers the page’s own call to action', async () => {
    const visitor = await Visitor.arrive();
    const own = document.createElement('a');
    own.slot = 'cta';
    own.textContent = 'Talk to us';
    visitor.element.append(own);
    await visitor.toGoodbye(api());
    expect(own.checkVisibility()).to.equal(true);
    expect(visitor.button('Create a free account (opens in a new tab)')).to.equal(undefined);
  });

  it('fires a cancelable ftl-step before a step changes', async () => {
    const visitor = await Visitor.arrive();
    setTimeout(() => visitor.press('Start Demo'));
    const event = await oneEvent(visitor.element, 'ftl-step');
    expect(event.cancelable && event.bubbles && event.composed).to.equal(true);
    expect(event.detail).to.deep.equal({ from: 'welcome', to: 'domain' });
    expect(visitor.heading).to.contain('Test your fine-tuned model');
  });
});

describe('every step', () => {
  const api = useFakeApi();

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`passes axe and fits 320 px: ${colorScheme}`, async () => {
      await setViewport({ width: 320, height: 800 });
      await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const visitor = await Visitor.arrive();
      const check = async () => {
        await visitor.element.updateComplete;
        await expect(visitor.element).to.be.accessible();
        expect(visitor.element.scrollWidth, visitor.heading).to.be.at.most(visitor.element.clientWidth);
      };
      await check();
      await visitor.toDomain();
      await visitor.press('Continue');
      await check();
      await visitor.choose('My Own Prompts');
      await check();
      await visitor.choose('Customer Support');
      await visitor.press('Continue');
      await visitor.reaches('Connect your model');
      await visitor.press('Test Connection');
      await check();
      api().refusals.set('/configure', { code: 'connection_failed', status: 422, reason: 'auth' });
      await visitor.press('Use the Sample Model');
      await visitor.sees(() => visitor.text.includes('The key was refused.'), 'the refusal');
      await check();
      await visitor.press('Use the Sample Model');
      await visitor.sees(() => visitor.text.includes('The connection works.'), 'the connection');
      await check();
      await visitor.press('Continue');
      await visitor.press('Run Batch Test');
      await visitor.reaches('Your model is answering');
      api().publish({ type: 'prompt.started', number: 3 });
      api().finishPrompt();
      api().finishPrompt({ status: 'error', error: { type: 'auth', message: 'no', httpStatus: 401 }, latencyMs: null });
      await visitor.sees(() => visitor.text.includes('2 of 10'), 'the results');
      await check();
      for (let count = 2; count < 10; count += 1) api().finishPrompt();
      api().finishRun();
      await visitor.reaches('The run has finished');
      for (const row of visitor.all<HTMLDetailsElement>('.results details')) row.open = true;
      await check();
      await visitor.press('Continue');
      await visitor.reaches('Explore your results with Atlas');
      await check();
      await visitor.press('Continue');
      await visitor.reaches('Take your results with you');
      await check();
      await visitor.press('Delete My Data');
      await check();
      await visitor.press('Yes, Delete');
      await visitor.reaches('All done. Nothing of yours is left here.');
      await check();
    }).timeout(30_000);
  }

  after(async () => {
    await setViewport({ width: 1200, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  });
});
