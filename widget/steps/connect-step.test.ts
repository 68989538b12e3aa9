import { aTimeout, expect } from '@open-wc/testing';
import { resetMouse, sendMouse, setViewport } from '@web/test-runner-commands';
import { useFakeApi, Visitor } from '../testing/visitor.js';

const KEY = 'sk-secret';

describe('the connect step', () => {
  const api = useFakeApi();
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.arrive();
    await visitor.toConnect();
  });

  afterEach(async () => {
    await resetMouse();
    await setViewport({ width: 800, height: 600 });
  });

  const says = (text: string) => visitor.sees(() => visitor.text.includes(text), `“${text}”`);
  const fillIn = async () => {
    await visitor.fill('API Endpoint', 'https://api.example.com/v1');
    await visitor.fill('API Key', KEY);
    await visitor.fill('Model ID', 'my-model');
  };

  it('tests the connection and says how it went', async () => {
    await fillIn();
    await visitor.press('Test Connection');
    await says('The connection works.');
    expect(visitor.text).to.contain('my-model answered in 142 ms.').and.to.contain('Hello there');
    expect(api().asked('/configure')[0]!.body).to.deep.equal({
      endpointUrl: 'https://api.example.com/v1',
      apiKey: KEY,
      modelId: 'my-model',
    });
  });

  it('empties the key field once the connection stands', async () => {
    await fillIn();
    await visitor.press('Test Connection');
    await says('It is no longer on this page.');
    expect(visitor.field('API Key').value).to.equal('');
    expect(document.documentElement.outerHTML + JSON.stringify({ ...sessionStorage })).not.to.contain(KEY);
  });

  it('empties the key field when the key was refused, and keeps it on any other failure', async () => {
    await fillIn();
    api().refusals.set('/configure', { code: 'connection_failed', status: 422, reason: 'timeout' });
    await visitor.press('Test Connection');
    await says('The endpoint did not answer in time.');
    expect(visitor.field('API Key').value).to.equal(KEY);
    api().refusals.set('/configure', { code: 'connection_failed', status: 422, reason: 'auth' });
    await visitor.press('Test Connection');
    await says('The key was refused.');
    expect(visitor.field('API Key').value).to.equal('');
  });

  it('explains a refusal: cause, remedy, and the server’s words folded away', async () => {
    await fillIn();
    const detail = 'getaddrinfo ENOTFOUND';
    api().refusals.set('/configure', { code: 'connection_failed', status: 422, reason: 'dns', detail });
    await visitor.press('Test Connection');
    await says('This name does not exist.');
    expect(visitor.text).to.contain('Check the address for typing errors.');
    expect(visitor.one<HTMLDetailsElement>('.notice.danger details').open).to.equal(false);
    expect(visitor.one('.notice.danger details').textContent).to.contain(detail);
    expect(
      visitor
        .all('[role=alert]')
        .map((region) => region.textContent)
        .join(),
    ).to.contain('This name does not exist.');
  });

  it('gives the server’s advice on an address that is refused', async () => {
    await fillIn();
    const refusal = { code: 'connection_failed', status: 422, reason: 'blocked_address' } as const;
    const hint = 'Use the https address: over plain http your key would be readable on the way.';
    api().refusals.set('/configure', { ...refusal, hint });
    await visitor.press('Test Connection');
    await says(`This address is not allowed. ${hint}`);
    expect(visitor.text).not.to.contain('private');
  });

  it('names every cause of such a refusal where the server’s advice is in another language', async () => {
    visitor.element.lang = 'de';
    await says('Verbinden Sie Ihr Modell');
    await visitor.fill('API-Endpunkt', 'http://api.example.com/v1');
    await says('Diese Demo ruft öffentliche Endpunkte nur über https:// auf');
    await visitor.fill('Modell-ID', 'my-model');
    const refusal = { code: 'connection_failed', status: 422, reason: 'blocked_address' } as const;
    api().refusals.set('/configure', { ...refusal, hint: 'Use the https address.' });
    await visitor.press('Verbindung prüfen');
    await says('Diese Adresse ist nicht erlaubt. Sie muss mit https:// beginnen');
  });

  it('says before anything is sent that an address will be refused', async () => {
    const warns = async (url: string, text: string) => {
      await visitor.fill('API Endpoint', url);
      await says(text);
    };
    await warns('http://api.example.com/v1', 'This demo calls public endpoints over https:// alone');
    await warns('https://me:secret@api.example.com/v1', 'with a user name or password in it is refused');
    await warns('https://models.invalid/v1', 'reserved for examples and tests');
    await warns('https://models.local/v1', 'on your own computer or network');
    expect(api().asked('/configure')).to.deep.equal([]);
  });

  const place = (element: HTMLElement) => element.getBoundingClientRect();
  const pointAt = async (name: string) => {
    visitor.button(name)!.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top } = place(visitor.button(name)!);
    await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(top + 10)] });
  };
  const remark = () => [...visitor.one('#endpoint-remarks').querySelectorAll('span span')].at(-1)?.textContent;

  for (const width of [320, 800])
    it(`settles a doubt as the connection stands, and moves no button away from the pointer: ${width} px`, async () => {
      await setViewport({ width, height: 2_000 });
      let stands = () => {};
      api().pause = new Promise((resolve) => {
        stands = resolve;
      });
      await visitor.fill('API Endpoint', 'https://models.local/v1');
      await visitor.fill('API Key', KEY);
      await visitor.fill('Model ID', 'my-model');
      await says('on your own computer or network');
      await visitor.press('Test Connection');
      await says('Calling your endpoint');
      await visitor.atRest();
      await pointAt('Continue');
      const { top } = place(visitor.button('Continue')!);
      stands();
      await says('The connection works.');
      expect(place(visitor.button('Continue')!).top).to.equal(top);
      expect(remark()).to.equal('Tested: it works.');
      await visitor.fill('Model ID', 'another');
      await says('Test the connection again.');
      expect(visitor.one('#endpoint-remarks').textContent).to.contain('on your own computer or network');
    });

  it('takes a click that has begun before what is above it changes', async () => {
    // Where nothing scrolls, the browser keeps nothing in its place.
    await setViewport({ width: 800, height: 2_000 });
    await visitor.fill('Model ID', 'my-model');
    const endpoint = visitor.field('API Endpoint');
    endpoint.focus();
    endpoint.value = 'https://models.local/v1';
    endpoint.dispatchEvent(new Event('input'));
    await pointAt('Continue');
    await sendMouse({ type: 'down' });
    // That has left the field, whose remark makes it taller.
    await aTimeout(100);
    await sendMouse({ type: 'up' });
    await visitor.reaches('Run the batch test');
    expect(api().asked('/configure').length).to.equal(1);
  });

  it('changes under a pointer that stays pressed all the same', async () => {
    await fillIn();
    await pointAt('Test Connection');
    await sendMouse({ type: 'down' });
    visitor.field('Model ID').value = '';
    visitor.field('Model ID').dispatchEvent(new Event('input'));
    visitor.field('Model ID').dispatchEvent(new Event('blur'));
    await says('Enter the name of your model.');
    await sendMouse({ type: 'up' });
  });

  it('says what is wrong in the language that the page has changed to', async () => {
    visitor.one<HTMLElement>('details summary').click();
    await visitor.fill('Parallel calls', '11');
    await visitor.press('Test Connection');
    await says('Enter the name of your model.');
    visitor.element.lang = 'de';
    await says('Verbinden Sie Ihr Modell');
    expect(visitor.text).to.contain('Geben Sie eine Zahl von 1 bis 10 ein.');
    expect(
      visitor
        .all('.error')
        .map(({ textContent }) => textContent)
        .join(),
    ).not.to.contain('Enter');
  });

  it('alerts to the latest error alone', async () => {
    const alerted = () =>
      visitor
        .all('[role=alert]')
        .map((region) => region.textContent)
        .join();
    await fillIn();
    api().refusals.set('/configure', { code: 'connection_failed', status: 422, reason: 'timeout' });
    await visitor.press('Test Connection');
    await visitor.sees(() => alerted().includes('did not answer in time'));
    await visitor.fill('Model ID', '');
    await visitor.press('Test Connection');
    await visitor.sees(() => alerted() === 'Enter the name of your model.', 'the later error alone');
    await visitor.fill('Model ID', 'my-model');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    expect(alerted()).to.equal('');
  });

  it('leads on with Continue, testing first where that is still to be done', async () => {
    await fillIn();
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    expect(api().asked('/configure').length).to.equal(1);
  });

  it('uses the sample model with one press, without a key', async () => {
    await visitor.fill('API Key', KEY);
    await visitor.press('Use the Sample Model');
    await says('The connection works.');
    expect(api().asked('/configure')[0]!.body).to.include({ apiKey: '', modelId: 'sample-model' });
  });

  it('marks what is missing and leads to the first of it', async () => {
    await visitor.press('Test Connection');
    await says('Enter the address of your endpoint');
    expect(visitor.field('API Endpoint').getAttribute('aria-invalid')).to.equal('true');
    expect(visitor.field('Model ID').getAttribute('aria-invalid')).to.equal('true');
    expect((visitor.field('API Endpoint').getRootNode() as ShadowRoot).activeElement).to.equal(
      visitor.field('API Endpoint'),
    );
    expect(api().asked('/configure')).to.deep.equal([]);
  });

  it('tidies up what was pasted, and says so', async () => {
    await visitor.fill('API Endpoint', ' api.example.com/v1/chat/completions ');
    expect(visitor.field('API Endpoint').value).to.equal('https://api.example.com/v1');
    await says('We added https:// in front.');
    expect(visitor.text).to.contain('We shortened it to the base URL.');
    await visitor.fill('API Key', `"${KEY}"\n`);
    expect(visitor.field('API Key').value).to.equal(KEY);
  });

  it('leaves alone what is no address, and says so', async () => {
    await visitor.fill('API Endpoint', 'not a url');
    await says('Enter the address of your endpoint');
    expect(visitor.field('API Endpoint').value).to.equal('not a url');
    expect(visitor.text).not.to.contain('We added https://');
    await visitor.fill('API Endpoint', 'https://api.example.com/v1');
    expect(visitor.field('API Endpoint').getAttribute('aria-invalid')).to.equal('false');
  });

  it('wonders about a key of another provider', async () => {
    await visitor.fill('API Endpoint', 'https://api.groq.com/openai/v1');
    await visitor.fill('API Key', 'fw_abc');
    await says('This looks like a key of Fireworks AI.');
  });

  it('wonders about a key of Anthropic at an address that it does not know', async () => {
    await visitor.fill('API Endpoint', 'https://models.my-org.com/v1');
    await visitor.fill('API Key', 'sk-ant-api03-abc');
    await says('This looks like a key of Anthropic.');
  });

  it('says what is wrong with a field when it is left, and until it is mended', async () => {
    const invalid = (label: string) => visitor.field(label).getAttribute('aria-invalid');
    const type = async (label: string, value: string) => {
      visitor.field(label).value = value;
      visitor.field(label).dispatchEvent(new Event('input'));
      await aTimeout(0);
    };
    visitor.field('Model ID').focus();
    visitor.field('Model ID').blur();
    expect(invalid('Model ID')).to.equal('false');
    await visitor.fill('Model ID', 'x');
    await visitor.fill('Model ID', ' ');
    await says('Enter the name of your model.');
    expect(invalid('Model ID')).to.equal('true');
    await type('Model ID', 'my-model');
    expect(invalid('Model ID')).to.equal('false');
    await visitor.fill('API Key', 'sk-…abc');
    await says('This is not the whole key');
    await type('API Key', 'sk-…a');
    expect(invalid('API Key')).to.equal('true');
    await type('API Key', KEY);
    expect(invalid('API Key')).to.equal('false');
    expect(visitor.text).not.to.contain('This is not the whole key');
  });

  it('takes a pasted curl command', async () => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/plain',
      `curl https://api.together.xyz/v1/chat/completions -H "Authorization: Bearer ${KEY}" -d '{"model":"my-org/m"}'`,
    );
    visitor.field('API Endpoint').dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
    await says('Filled in from the curl command.');
    expect(visitor.field('API Endpoint').value).to.equal('https://api.together.xyz/v1');
    expect(visitor.field('API Key').value).to.equal(KEY);
    expect(visitor.field('Model ID').value).to.equal('my-org/m');
    expect(visitor.field<HTMLSelectElement>('Provider').value).to.equal('Together AI');
  });

  it('fills in a provider’s address and points to its keys', async () => {
    await visitor.fill('Provider', 'Fireworks AI');
    await says('Where is my key?');
    expect(visitor.field('API Endpoint').value).to.equal('https://api.fireworks.ai/inference/v1');
    expect(visitor.one<HTMLAnchorElement>('.hint a').rel).to.contain('noopener');
  });

  it('loses nothing on the way back and forth, the key included', async () => {
    await fillIn();
    await visitor.fill('System Prompt', 'Be kind.');
    await visitor.press('Back');
    await visitor.reaches('What is your model for?');
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(visitor.field('API Endpoint').value).to.equal('https://api.example.com/v1');
    expect(visitor.field('API Key').value).to.equal(KEY);
    expect(visitor.field('System Prompt').value).to.equal('Be kind.');
  });

  it('asks for another test once address or model are changed', async () => {
    await visitor.press('Use the Sample Model');
    await says('The connection works.');
    await visitor.fill('Model ID', 'another');
    await says('Test the connection again.');
  });

  it('asks for the key again where the next test needs it', async () => {
    await fillIn();
    await visitor.press('Test Connection');
    await says('The connection works.');
    await visitor.fill('Model ID', 'another');
    await visitor.press('Test Connection');
    await says('Enter the key again');
    expect(api().asked('/configure').length).to.equal(1);
  });

  it('counts down where the address has a session elsewhere', async () => {
    api().refusals.set('/configure', { code: 'session_exists', status: 409, retryAfterSeconds: 2 });
    await visitor.press('Use the Sample Model');
    await says('Another demo session is open from your network.');
    await says('You can try again in 2 sec.');
    await says('You can try again in 1 sec.');
    await says('You can try again now.');
  });

  it('shows the key only while asked to', async () => {
    await visitor.fill('API Key', KEY);
    const show = visitor.button('Show')!;
    expect(visitor.field('API Key').type).to.equal('password');
    show.click();
    await visitor.sees(() => visitor.field('API Key').type === 'text');
    expect(show.getAttribute('aria-pressed')).to.equal('true');
    expect(visitor.field('API Key').autocomplete).to.equal('new-password');
  });

  it('sends the settings along with the run, and none that were left alone', async () => {
    await visitor.press('Use the Sample Model');
    await says('The connection works.');
    await visitor.fill('System Prompt', 'Be kind.');
    visitor.one<HTMLElement>('details summary').click();
    await visitor.fill('Parallel calls', '2');
    await visitor.fill('Temperature', '0.5');
    await visitor.press('Continue');
    await visitor.press('Run Batch Test');
    await visitor.reaches('Your model is answering');
    expect(api().asked('/batch-test')[0]!.body).to.deep.equal({
      suiteId: 'customer-support-1',
      systemPrompt: 'Be kind.',
      concurrency: 2,
      maxTokens: 512,
      temperature: 0.5,
    });
  });

  it('refuses a setting that is out of range', async () => {
    visitor.one<HTMLElement>('details summary').click();
    await visitor.fill('Parallel calls', '11');
    await says('Enter a number from 1 to 10.');
    await visitor.press('Use the Sample Model');
    expect(api().asked('/configure')).to.deep.equal([]);
  });
});
