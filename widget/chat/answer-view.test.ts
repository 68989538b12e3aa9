import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Message } from '../../api/contract/session.js';
import { atlas, button, first, log } from '../testing/atlas-step.js';
import { answer, part, turns } from '../testing/conversation.js';
import { deep } from '../testing/visitor.js';

describe('an answer of Atlas', () => {
  it('opens a prompt from its number, with its figures and why it stands out, and returns the focus', async () => {
    const step = await atlas();
    const reference = button(step, '#5');
    reference.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => first<HTMLDialogElement>(step, 'dialog')?.open);
    const dialog = first<HTMLDialogElement>(step, 'dialog');
    expect(dialog.textContent).to.contain('The app crashes when I open the camera.');
    expect(dialog.textContent).to.contain('3.89\u00a0s');
    expect(dialog.textContent).to.contain('token limit reached');
    expect(dialog.textContent).to.contain('Heuristics');
    await expect(step).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !dialog.open);
    expect(reference.matches(':focus')).to.equal(true);
  });

  it('shows a failed prompt with its error', async () => {
    const step = await atlas();
    button(step, '#6').click();
    await waitUntil(() => first<HTMLDialogElement>(step, 'dialog')?.open);
    const dialog = first<HTMLDialogElement>(step, 'dialog');
    expect(dialog.textContent).to.contain('The endpoint had an error of its own.');
    expect(dialog.textContent).to.contain('HTTP 503: upstream overloaded');
    expect(button(step, 'Copy: Prompt')).to.exist;
    await expect(step).to.be.accessible();
    expect(dialog.textContent).to.contain('There was no response.');
  });

  it('leaves a number that is no prompt as text', async () => {
    const message: Message = { ...turns.opening, answer: answer({ id: 'x', text: 'See #99 and #5.' }) };
    const step = await atlas({ messages: [message] });
    expect(button(step, '#99')).not.to.exist;
    expect(button(step, '#5')).to.exist;
  });

  it('keeps a number and its unit on one line, in its words and its chips', async () => {
    const text = 'p95 latency is **14.01 s** over 48 tokens.';
    const part = turns.table.answer.parts[0]!;
    const told = answer({
      id: 'x',
      text,
      parts: [{ ...part, understood: ['over 14.01 s'] }],
      suggestions: ['over 2 s?'],
    });
    const step = await atlas({ messages: [{ ...turns.table, answer: told }] });
    const words = ['.prose', '.chip', '.suggestion'].map((place) => first(step, place).textContent?.trim());
    expect(words).to.deep.equal([
      'p95 latency is 14.01\u00a0s over 48\u00a0tokens.',
      'over 14.01\u00a0s',
      'over 2\u00a0s?',
    ]);
  });

  it('shows text from a model as text, never as HTML', async () => {
    const text = '<img src=x onerror="window.hacked=1"><b>bold</b> [x](javascript:window.hacked=1)';
    const message: Message = {
      ...turns.opening,
      question: text,
      answer: answer({ id: 'x', text, suggestions: [text], parts: [part({ understood: [text] })] }),
    };
    const step = await atlas({ messages: [message] });
    expect(deep(step.renderRoot as ShadowRoot, 'img, b, a')).to.have.length(0);
    expect(log(step).textContent).to.contain('<b>bold</b>');
  });

  it('copies an answer and says so', async () => {
    const step = await atlas({ messages: [turns.table] });
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    button(step, 'Copy answer').click();
    button(step, 'Copy table').click();
    await waitUntil(() =>
      deep(step.renderRoot as ShadowRoot, '[role=status]').every((status) => status.textContent === 'Copied'),
    );
    expect(copied[0]).to.contain('The three slowest are #5');
    expect(copied[1]?.split('\n')[1]).to.equal('5\ttechnical trouble\tThe app crashes when I open the camera.\t3890');
  });

  it('says so where the page forbids the clipboard', async () => {
    const step = await atlas();
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('denied')) },
    });
    button(step, 'Copy answer').click();
    await waitUntil(() => button(step, 'Copying is not allowed here'));
  });

  it('saves the very file that Atlas offers', async () => {
    const step = await atlas({ messages: [turns.download] });
    const saved: unknown[] = [];
    step.visit = Object.assign(step.visit, {
      save: async (...file: unknown[]) => {
        saved.push(file);
        return 'rows.csv';
      },
    });
    step.requestUpdate();
    await step.updateComplete;
    button(step, 'Download CSV').click();
    await waitUntil(() => first(step, '.saved')?.textContent === 'Saved: rows.csv');
    expect(saved).to.deep.equal([['csv', '/api/demo/v2/export?format=csv&runId=run-1']]);
  });
});
