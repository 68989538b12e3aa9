import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { focused, useFakeApi, Visitor } from '../testing/visitor.js';
import { milestoneBetween } from './milestones.js';

describe('the run step', () => {
  const api = useFakeApi();
  let visitor: Visitor;
  const says = (text: string) => visitor.sees(() => visitor.text.includes(text), `“${text}”`);
  const failing = {
    status: 'error' as const,
    error: { type: 'server_error' as const, message: 'HTTP 500: <b>oops</b>', httpStatus: 500 },
    latencyMs: null,
    outputTokens: null,
    response: null,
  };

  beforeEach(async () => {
    visitor = await Visitor.arrive();
  });

  const running = async () => {
    await visitor.toRunning();
    await visitor.sees(() => api().openSockets === 1, 'a socket');
  };

  it('says what will be sent where, before it is sent', async () => {
    await visitor.toRun();
    expect(visitor.text).to.contain('10 prompts will be sent').and.to.contain('https://demo.example/sample-model/v1');
    expect(api().asked('/batch-test')).to.deep.equal([]);
  });

  it('shows progress as it comes', async () => {
    await running();
    const bar = visitor.one<HTMLProgressElement>('progress');
    expect(bar.getAttribute('aria-label')).to.equal('Progress of the run');
    api().publish({ type: 'prompt.started', number: 2 });
    api().finishPrompt();
    await says('1 of 10');
    expect(bar.value).to.equal(1);
    expect(visitor.text).to.contain('Answering').and.to.contain('Waiting').and.to.contain('estimating');
    for (let count = 1; count < 5; count += 1) api().finishPrompt();
    await visitor.sees(() => !visitor.text.includes('estimating'), 'an estimate');
  });

  it('counts down while a prompt waits to be asked again, then shows it as asked', async () => {
    await running();
    api().publish({ type: 'prompt.started', number: 2 });
    const waits = (milliseconds: number) =>
      api().publish({
        type: 'prompt.waiting',
        number: 2,
        until: new Date(Date.now() + milliseconds).toISOString(),
      });
    const secondsLeft = () => Number(/The endpoint needs a pause: next try in (\d+) sec/.exec(visitor.text)?.[1]);
    waits(8_000);
    await visitor.sees(() => secondsLeft() <= 8, 'the time to wait');
    const atFirst = secondsLeft();
    await visitor.sees(() => secondsLeft() < atFirst, 'less time to wait');
    waits(500);
    await visitor.sees(() => !visitor.text.includes('next try') && visitor.text.includes('Answering'), 'the next try');
    waits(60_000);
    await says('next try in');
    api().finishPrompt({ number: 2 });
    await visitor.sees(() => !visitor.text.includes('next try'), 'the answer');
  });

  it('announces the quarters and the end, and nothing in between', async () => {
    await running();
    const region = visitor.element.shadowRoot!.querySelector('[role=status]')!;
    const heard: string[] = [];
    const observer = new MutationObserver(() => region.textContent && heard.push(region.textContent));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    for (let count = 1; count <= 10; count += 1) {
      api().finishPrompt();
      await says(`${count} of 10`);
    }
    api().finishRun();
    await visitor.reaches('The run has finished');
    await visitor.sees(() => heard.some((text) => text.startsWith('The run has finished')));
    observer.disconnect();
    expect(heard).to.deep.equal([
      '25 percent of the prompts are done.',
      '50 percent of the prompts are done.',
      '75 percent of the prompts are done.',
      'The run has finished: 10 answered, 0 failed.',
    ]);
  });

  it('says when the key was deleted', async () => {
    await visitor.toFinished(api());
    await says('Your API key was deleted at');
  });

  it('shows why a prompt failed, the endpoint’s words as text', async () => {
    await running();
    api().finishPrompt(failing);
    await says('1 of 10');
    visitor.one('.results summary').click();
    await says('The endpoint had an error of its own.');
    expect(visitor.text).to.contain('HTTP 500: <b>oops</b>');
  });

  for (const [tone, failures, words] of [
    ['success', 0, '10 answered, 0 failed.'],
    ['warning', 2, '8 answered, 2 failed.'],
    ['danger', 10, '0 answered, 10 failed.'],
  ] as const) {
    it(`says how the run went in words and in their tone: ${tone}`, async () => {
      await running();
      for (let count = 0; count < 10; count += 1) api().finishPrompt(count < failures ? failing : {});
      api().finishRun();
      await visitor.reaches('The run has finished');
      expect(visitor.one(`.notice.${tone}`).textContent).to.contain(words);
    });
  }

  it('lists the failures first on demand, once they do not come any more', async () => {
    await running();
    api().finishPrompt();
    api().finishPrompt(failing);
    await says('2 of 10');
    expect(visitor.field('Failures first')).to.equal(undefined);
    for (let count = 2; count < 10; count += 1) api().finishPrompt();
    api().finishRun();
    await visitor.reaches('The run has finished');
    const order = () => visitor.all('.results .ordinal').map(({ textContent }) => Number(textContent));
    const third = visitor.all<HTMLDetailsElement>('.results details')[2]!;
    third.open = true;
    visitor.field('Failures first').click();
    await visitor.sees(() => order()[0] === 2, 'the failure at the top');
    expect(order()).to.deep.equal([2, 1, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(visitor.all<HTMLDetailsElement>('.results details')[2]).to.equal(third);
    visitor.field('Failures first').click();
    await visitor.sees(() => order()[0] === 1, 'the order of the suite');
    expect(visitor.all('.results li').length).to.equal(10);
  });

  it('says where to see the results once it has finished', async () => {
    await visitor.toFinished(api());
    expect(visitor.text).to.contain('See results with Atlas');
    expect(visitor.button('Continue')).to.be.ok;
  });

  it('keeps what has finished when it is cancelled', async () => {
    await running();
    api().finishPrompt();
    await says('1 of 10');
    await visitor.press('Cancel Run');
    await visitor.reaches('The run was cancelled');
    await visitor.sees(() => visitor.text.includes('The run was cancelled: 1 answered, 0 failed.'), 'the announcement');
    expect(visitor.text).to.contain('1 answered, 0 failed.').and.to.contain('Run the 9 unfinished prompts');
    expect(visitor.button('Continue')).to.be.ok;
  });

  it('leads the keyboard to the heading where the button that was pressed goes away', async () => {
    await visitor.toRun();
    const enter = async (name: string) => {
      visitor.button(name)!.focus();
      await sendKeys({ press: 'Enter' });
    };
    await enter('Run Batch Test');
    await visitor.reaches('Your model is answering');
    expect(focused()).to.equal(visitor.one('.heading'));
    await enter('Cancel Run');
    await visitor.reaches('The run was cancelled');
    expect(focused()).to.equal(visitor.one('.heading'));
  });

  it('asks for the key before failed prompts are sent again, then sends those alone', async () => {
    await running();
    api().finishPrompt(failing);
    for (let count = 1; count < 10; count += 1) api().finishPrompt();
    api().finishRun();
    await visitor.press('Retry 1 failed prompt');
    await visitor.reaches('Connect your model');
    await says('Enter it again to run more prompts.');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    await says('1 prompt again');
    await visitor.press('Run Batch Test');
    await visitor.sees(() => api().asked('/batch-test').length === 2);
    expect(api().asked('/batch-test')[1]!.body).to.deep.include({ resume: 'r1', numbers: [1] });
  });

  it('can be followed by another, the results in sight until then', async () => {
    await visitor.toFinished(api());
    await visitor.press('Back');
    await visitor.reaches('Connect your model');
    await visitor.press('Continue');
    await visitor.reaches('Run the batch test');
    await visitor.press('See the Last Results');
    await visitor.reaches('The run has finished');
    expect(api().asked('/batch-test').length).to.equal(1);
  });

  it('explains a refusal to start', async () => {
    await visitor.toRun();
    api().refusals.set('/batch-test', { code: 'prompt_limit', status: 422, promptsLeft: 3 });
    await visitor.press('Run Batch Test');
    await says('The server says prompt_limit.');
    expect(visitor.button('Run Batch Test')!.getAttribute('aria-disabled')).to.equal('false');
    const alert = visitor.element.shadowRoot!.querySelector('[role=alert]')!;
    await visitor.sees(() => alert.textContent?.startsWith('The server says prompt_limit.'), 'the alert');
    await visitor.press('Run Batch Test');
    await visitor.reaches('Your model is answering');
    expect(alert.textContent).to.equal('');
  });
});

describe('a milestone', () => {
  const at = (done: number, total = 8) => ({ total, results: Array(done).fill({}) }) as never;

  it('is each quarter but the last, once', () => {
    expect(milestoneBetween(at(1), at(2))).to.equal(25);
    expect(milestoneBetween(at(2), at(3))).to.equal(null);
    expect(milestoneBetween(at(1), at(6))).to.equal(75);
    expect(milestoneBetween(at(7), at(8))).to.equal(null);
    expect(milestoneBetween(at(0, 0), at(0, 0))).to.equal(null);
  });
});
