import { aTimeout, expect, fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import { TOKEN } from './testing/fake-api.js';
import { API_URL, focused, useFakeApi, Visitor } from './testing/visitor.js';

describe('a reloaded page', () => {
  const api = useFakeApi();
  const remember = (stored: object) =>
    sessionStorage.setItem(
      'ftl-atlas-demo:https://demo.example:under-test#0',
      JSON.stringify({ token: TOKEN, domain: 'customer_support', suiteId: null, ...stored }),
    );

  it('keeps the token and the place, and neither key nor prompt', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toConnect();
    await visitor.fill('API Endpoint', 'https://api.example.com/v1');
    await visitor.fill('API Key', 'sk-secret');
    await visitor.fill('Model ID', 'my-model');
    await visitor.press('Test Connection');
    await visitor.sees(() => visitor.text.includes('The connection works.'), 'the connection');
    expect(sessionStorage.length).to.equal(1);
    const stored = JSON.parse(Object.values(sessionStorage)[0] as string);
    const place = { step: 'connect', domain: 'customer_support', suiteId: null };
    expect(stored).to.deep.equal({ token: TOKEN, ...place, settings: false });
  });

  it('shows no welcome on the way back to where the visitor was', async () => {
    api().begin();
    remember({ step: 'run' });
    const element = Object.assign(document.createElement('ftl-atlas-demo'), { id: 'under-test', apiUrl: API_URL });
    const headings = new Set<string>();
    const visitor = new Visitor(element);
    const observer = new MutationObserver(() => headings.add(visitor.heading));
    await fixture(html`${element}`);
    observer.observe(element.shadowRoot!, { childList: true, subtree: true });
    expect(visitor.one('.skeleton').ariaBusy).to.equal('true');
    await visitor.reaches('Run the batch test');
    observer.disconnect();
    expect([...headings].join()).not.to.contain('Test your fine-tuned model');
  });

  it('asks for the visitor’s own prompts again, which are not kept', async () => {
    api().begin();
    remember({ step: 'run', domain: 'own' });
    const visitor = await Visitor.arrive();
    await visitor.reaches('What is your model for?');
    const text = 'Your prompts were not kept over the reload. Paste them again.';
    expect(visitor.text).to.contain(text);
    await visitor.fill('Your Prompts', 'Where is my order?');
    expect(visitor.text).not.to.contain(text);
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    expect(visitor.text).to.contain('1 prompt will be sent');
  });

  it('offers no run without prompts, but leads to their choice', async () => {
    const first = await Visitor.arrive();
    await first.toFinished(api());
    fixtureCleanup();
    remember({ step: 'run', domain: 'own' });
    const visitor = await Visitor.arrive();
    await visitor.reaches('The run has finished');
    await visitor.press('Back');
    await visitor.press('Use the Sample Model');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    expect(visitor.button('Run Batch Test')).to.equal(undefined);
    expect(visitor.text).not.to.contain('Everything is ready.');
    await visitor.press('Choose Prompts');
    await visitor.reaches('What is your model for?');
    expect(visitor.text).to.contain('Your prompts were not kept over the reload.');
  });

  it('says that settings were not kept, where there were any', async () => {
    const first = await Visitor.arrive();
    await first.toRun();
    await first.press('Back');
    await first.fill('System Prompt', 'Be kind.');
    await first.press('Continue');
    await first.reaches('Run the batch test');
    fixtureCleanup();
    for (let reload = 0; reload < 2; reload += 1) {
      const visitor = await Visitor.arrive();
      await visitor.reaches('Run the batch test');
      expect(visitor.text).to.contain('The system prompt and the advanced settings were not kept over the reload.');
      fixtureCleanup();
    }
    const visitor = await Visitor.arrive();
    await visitor.press('Back');
    await visitor.fill('System Prompt', 'Be kind.');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    expect(visitor.text).not.to.contain('not kept over the reload');
  });

  it('finds its way back to a run that goes on, and sees it end', async () => {
    const first = await Visitor.arrive();
    await first.toRunning();
    await first.sees(() => api().openSockets === 1);
    api().finishPrompt();
    api().run!.inFlight = [
      { number: 2, until: null },
      { number: 3, until: new Date(Date.now() + 9_000).toISOString() },
    ];
    fixtureCleanup();
    const visitor = await Visitor.arrive();
    await visitor.reaches('Your model is answering');
    const states = () => visitor.all('.results li.open').map((row) => row.textContent!.replace(/\s+/g, ' ').trim());
    await visitor.sees(() => api().openSockets === 1, 'a new socket');
    expect(states().slice(0, 3).join()).to.match(/^2\s?Answering,3.*next try in \d+.sec,4\s?Waiting$/);
    for (let count = 1; count < 10; count += 1) api().finishPrompt();
    api().finishRun();
    await visitor.reaches('The run has finished');
    expect(api().asked('/batch-test').length).to.equal(1);
  });

  it('takes up each of two elements by itself, though neither has an id', async () => {
    const arriveBoth = async () => [await Visitor.arrive({ id: '' }), await Visitor.arrive({ id: '' })] as const;
    const [, second] = await arriveBoth();
    await second.toRun();
    fixtureCleanup();
    const [first, again] = await arriveBoth();
    await again.reaches('Run the batch test');
    expect(first.heading).to.contain('Test your fine-tuned model');
    await first.toConnect();
    await first.press('Use the Sample Model');
    await first.sees(() => first.text.includes('The connection works.'), 'the connection');
    expect(sessionStorage.length).to.equal(2);
  });

  it('takes up each of two elements by itself, though they share an id or have none, in shadow roots of their own', async () => {
    for (const id of ['', 'twice']) {
      sessionStorage.clear();
      const arriveBoth = async () => {
        const both = [0, 1].map(() => {
          const root = document.createElement('div').attachShadow({ mode: 'open' });
          const element = Object.assign(document.createElement('ftl-atlas-demo'), { id, apiUrl: API_URL, lang: 'en' });
          root.append(element);
          return new Visitor(element);
        });
        await fixture(html`<div>${both.map(({ element }) => (element.getRootNode() as ShadowRoot).host)}</div>`);
        return both as [Visitor, Visitor];
      };
      const [, second] = await arriveBoth();
      await second.toRun();
      fixtureCleanup();
      const [first, again] = await arriveBoth();
      await again.reaches('Run the batch test');
      expect(first.heading).to.contain('Test your fine-tuned model');
      fixtureCleanup();
    }
  });

  it('finds the connection step again on the way to another run, and what has been prepared of it', async () => {
    const first = await Visitor.arrive();
    await first.toGoodbye(api());
    await first.press('Run Again');
    await first.reaches('Connect your model');
    fixtureCleanup();
    const visitor = await Visitor.arrive();
    await visitor.reaches('Connect your model');
    await visitor.press('Use the Sample Model');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    fixtureCleanup();
    const again = await Visitor.arrive();
    await again.reaches('Run the batch test');
  });

  it('opens no socket for an element that has left before its session was taken up', async () => {
    api().begin();
    remember({ step: 'run' });
    const element = Object.assign(document.createElement('ftl-atlas-demo'), { id: 'under-test', apiUrl: API_URL });
    const answer = window.fetch;
    window.fetch = async (address, request) => {
      if (String(address).endsWith('/session')) element.remove();
      return answer(address, request);
    };
    const place = await fixture(html`<div>${element}</div>`);
    await waitUntil(() => api().asked('/session').length === 1);
    await aTimeout(50);
    expect(api().sockets.length).to.equal(0);
    place.append(element);
    await waitUntil(() => api().openSockets === 1);
  });

  it('does not take the focus', async () => {
    api().begin();
    remember({ step: 'connect' });
    const visitor = await Visitor.arrive();
    await visitor.reaches('Connect your model');
    await aTimeout(50);
    expect(focused()).to.equal(document.body);
  });

  it('says kindly that its session is over', async () => {
    remember({ step: 'run' });
    const visitor = await Visitor.arrive();
    await visitor.sees(() => visitor.text.includes('This session has ended.'));
    expect(sessionStorage.length).to.equal(0);
    await visitor.press('Start a New Session');
    await visitor.reaches('What is your model for?');
  });

  it('starts afresh where nothing may be kept', async () => {
    api().begin();
    remember({ step: 'connect' });
    const visitor = await Visitor.arrive({ persist: 'none' });
    await aTimeout(50);
    expect(visitor.heading).to.contain('Test your fine-tuned model');
    expect(api().requests).to.deep.equal([]);
  });

  it('works where storage is blocked', async () => {
    const original = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    try {
      const visitor = await Visitor.arrive();
      await visitor.toRun();
    } finally {
      Object.defineProperty(window, 'sessionStorage', original);
    }
  });
});
