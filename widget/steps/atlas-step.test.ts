import { aTimeout, expect, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { NetworkError } from '../api-client.js';
import {
  add,
  answering,
  atlas,
  button,
  field,
  first,
  log,
  moves,
  QUESTION,
  startLine,
  type,
} from '../testing/atlas-step.js';
import { part, turns } from '../testing/conversation.js';
import { deep } from '../testing/visitor.js';
import type { AtlasStep } from './atlas-step.js';

describe('the conversation with Atlas', () => {
  it('has a log, a field and buttons with the names that people look for', async () => {
    const step = await atlas();
    expect(log(step).ariaLabel).to.equal('Conversation with Atlas');
    expect(field(step).labels[0]?.textContent?.trim()).to.equal(QUESTION);
    expect(button(step, 'Send')).to.exist;
    expect(button(step, 'Continue')).to.exist;
  });

  it('opens with the summary of the run', async () => {
    const step = await atlas();
    expect(log(step).textContent).to.contain('9 of 10 prompts were answered');
    expect(deep(step.renderRoot as ShadowRoot, 'dd').map((figure) => figure.textContent)).to.include('1.12\u00a0s');
  });

  it('sends on Enter, starts a line on Shift+Enter, and keeps the focus in the field', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step);
    step = await atlas({ ask });
    await type(step, 'p95');
    await startLine();
    await type(step, 'latency?');
    expect(asked).to.deep.equal([]);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => log(step).textContent?.includes('Answer 1'));
    expect(asked).to.deep.equal([{ question: 'p95\nlatency?', without: [] }]);
    expect(field(step).value).to.equal('');
    expect(field(step).matches(':focus')).to.equal(true);
  });

  it('leaves Enter to an input method that is composing', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step);
    step = await atlas({ ask });
    await type(step, 'latencia');
    field(step).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    field(step).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    expect(asked).to.deep.equal([]);
  });

  it('grows with the question', async () => {
    const step = await atlas();
    const before = field(step).offsetHeight;
    await type(step, 'a');
    for (let line = 0; line < 3; line++) await startLine();
    expect(field(step).offsetHeight).to.be.greaterThan(before + 40);
  });

  it('announces the answer once, without its markup', async () => {
    let step!: AtlasStep;
    const said: string[] = [];
    const { ask } = answering(() => step, { text: 'It is **2 s**, see #5.' });
    step = await atlas({ ask });
    step.addEventListener('announce', (event) => said.push((event as CustomEvent<string>).detail));
    await type(step, 'p95?');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => said.length === 2);
    expect(said).to.deep.equal(['Atlas is reading your results…', 'It is 2 s, see #5.']);
    expect(log(step).ariaLive).to.equal('off');
  });

  it('offers Stop instead of Send while it waits, and gives the question back', async () => {
    let signal!: AbortSignal;
    const step = await atlas({
      ask: (_question, _without, given) => {
        signal = given;
        return new Promise(() => {});
      },
    });
    await type(step, 'p95?');
    button(step, 'Send').click();
    await nextFrame();
    expect(button(step, 'Send')).not.to.exist;
    button(step, 'Stop').click();
    await nextFrame();
    expect(signal.aborted).to.equal(true);
    expect(field(step).value).to.equal('p95?');
    expect(button(step, 'Send')).to.exist;
  });

  it('says why a question was not answered, and asks it again on wish', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step);
    let fails = true;
    step = await atlas({ ask: (...question) => (fails ? Promise.reject(new NetworkError('gone')) : ask(...question)) });
    await type(step, 'p95?');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => log(step).textContent?.includes('The server could not be reached.'));
    await expect(step).to.be.accessible();
    fails = false;
    button(step, 'Ask Again').click();
    await waitUntil(() => log(step).textContent?.includes('Answer 1'));
    expect(asked).to.deep.equal([{ question: 'p95?', without: [] }]);
    expect(log(step).textContent).not.to.contain('could not be reached');
  });

  it('asks a suggestion, and keeps the focus inside', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step);
    step = await atlas({ ask });
    const suggestion = button(step, 'Average latency by category');
    suggestion.focus();
    suggestion.click();
    await waitUntil(() => asked.length === 1);
    await aTimeout(0);
    expect(asked[0]?.question).to.equal('Average latency by category');
    expect(step.matches(':focus-within')).to.equal(true);
  });

  it('offers the readings of an unclear question as buttons, once', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step);
    step = await atlas({ ask, messages: [turns.clarify] });
    const readings = deep(step.renderRoot as ShadowRoot, 'button').filter((element) =>
      element.textContent?.startsWith('How many words'),
    );
    expect(readings).to.have.length(1);
    readings[0]?.click();
    await waitUntil(() => asked.length === 1);
    expect(asked[0]?.question).to.equal('How many words do the responses have?');
  });

  it('drops what an earlier question left, chip by chip, on the latest answer only', async () => {
    let step!: AtlasStep;
    const { ask, asked } = answering(() => step, { parts: [part({ understood: ['p99', 'from before: failed'] })] });
    step = await atlas({ ask, messages: [turns.followUp, turns.followUp] });
    expect(button(step, 'Ask again without “p99”')).not.to.exist;
    const removers = () => deep(step.renderRoot as ShadowRoot, '.chip button').map((remover) => remover.ariaLabel);
    expect(removers()).to.have.length(2);
    button(step, 'Ask again without “from before: category: billing”').click();
    await waitUntil(() => asked.length === 1);
    await waitUntil(() => removers().length === 1);
    button(step, 'Ask again without “from before: failed”').click();
    await waitUntil(() => asked.length === 2);
    expect(asked).to.deep.equal([
      { question: 'and the p99?', without: ['from before: category: billing'] },
      { question: 'and the p99?', without: ['from before: category: billing', 'from before: failed'] },
    ]);
  });

  it('brings the last question back to be edited, by button and by arrow key', async () => {
    const step = await atlas({ messages: [turns.histogram] });
    button(step, 'Edit').click();
    expect(field(step).value).to.equal('p95 latency?');
    field(step).value = '';
    field(step).focus();
    await sendKeys({ press: 'ArrowUp' });
    expect(field(step).value).to.equal('p95 latency?');
  });

  it('leads on, and back', async () => {
    const step = await atlas();
    moves.length = 0;
    button(step, 'Back').click();
    button(step, 'Continue').click();
    expect(moves).to.deep.equal(['run', 'goodbye']);
  });

  it('stays where the reader reads, and jumps to the latest on wish', async () => {
    let step!: AtlasStep;
    const { ask } = answering(() => step);
    step = await atlas({ ask, messages: [turns.opening, turns.histogram, turns.groups, turns.table] });
    const end = () => log(step).scrollHeight - log(step).clientHeight - log(step).scrollTop;
    log(step).scrollTop = 0;
    await waitUntil(() => button(step, 'Jump to Latest'));
    add(step, turns.unsupported);
    await nextFrame();
    await nextFrame();
    expect(log(step).scrollTop).to.equal(0);
    button(step, 'Jump to Latest').click();
    await waitUntil(() => end() < 64);
    await waitUntil(() => !button(step, 'Jump to Latest'));
    add(step, turns.clarify);
    await waitUntil(() => end() < 64);
    expect(button(step, 'Jump to Latest')).not.to.exist;
  });

  it('says when few questions are left, and when none is', async () => {
    const step = await atlas({ messages: [turns.histogram, turns.followUp], questionsLeft: 3 });
    expect(first(step, '#hint').textContent).to.equal('3 questions left');
    step.state = { ...step.state, session: { ...step.state.session!, questionsLeft: 0 } };
    await step.updateComplete;
    expect(field(step)).not.to.exist;
    for (const name of ['Edit', 'Ask Again', 'Show me #5']) expect(button(step, name), name).not.to.exist;
    expect(deep(step.renderRoot as ShadowRoot, '.chip button')).to.have.length(0);
    expect((step.renderRoot as ShadowRoot).textContent).to.contain('The questions of this session are used up');
  });

  it('says nothing of questions that are used up where the session is over', async () => {
    const step = await atlas();
    step.state = { ...step.state, session: null };
    await step.updateComplete;
    expect(field(step)).not.to.exist;
    expect((step.renderRoot as ShadowRoot).textContent).not.to.contain('used up');
  });

  it('goes on with its question when it is moved', async () => {
    let signal!: AbortSignal;
    const step = await atlas({
      ask: (_question, _without, given) => {
        signal = given;
        return new Promise(() => {});
      },
    });
    await type(step, 'p95?');
    await sendKeys({ press: 'Enter' });
    step.parentElement!.append(step);
    await step.updateComplete;
    expect(signal.aborted).to.equal(false);
    expect(button(step, 'Stop')).to.exist;
  });

  it('drops a question in flight when it leaves the page', async () => {
    let signal!: AbortSignal;
    const step = await atlas({
      ask: (_question, _without, given) => {
        signal = given;
        return new Promise(() => {});
      },
    });
    await type(step, 'p95?');
    await sendKeys({ press: 'Enter' });
    step.remove();
    await aTimeout(0);
    expect(signal.aborted).to.equal(true);
  });

  it('stops what moves for those who asked for less motion', async () => {
    const step = await atlas();
    await type(step, 'p95?');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => first(step, '.thinking i'));
    const duration = () => Number.parseFloat(getComputedStyle(first(step, '.thinking i')).animationDuration);
    expect(duration()).to.be.lessThan(2);
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(duration()).to.equal(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const [theme, dir, width] of [
    ['light', 'ltr', 1200],
    ['dark', 'ltr', 320],
    ['light', 'rtl', 320],
    ['dark', 'rtl', 1200],
  ] as const) {
    it(`passes axe and fits with every kind of answer: ${theme}, ${dir}, ${width} px`, async () => {
      await setViewport({ width, height: 900 });
      const step = await atlas({ messages: Object.values(turns), theme, dir });
      await expect(step).to.be.accessible();
      expect(step.scrollWidth).to.be.at.most(step.clientWidth);
      expect(log(step).scrollWidth).to.be.at.most(log(step).clientWidth);
      await setViewport({ width: 800, height: 600 });
    });
  }
});
