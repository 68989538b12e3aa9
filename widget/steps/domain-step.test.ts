import { expect } from '@open-wc/testing';
import { rows } from '../testing/conversation.js';
import { useFakeApi, Visitor } from '../testing/visitor.js';

describe('the domain step', () => {
  const api = useFakeApi();
  const says = (visitor: Visitor, text: string) => visitor.sees(() => visitor.text.includes(text), `“${text}”`);

  it('asks for a choice before it leads on', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    await visitor.press('Continue');
    await says(visitor, 'Choose a domain, or bring your own prompts.');
    expect(visitor.heading).to.equal('What is your model for?');
    const alert = visitor.element.shadowRoot!.querySelector('[role=alert]')!;
    await visitor.sees(() => alert.textContent === 'Choose a domain, or bring your own prompts.', 'the alert');
    await visitor.choose('Customer Support');
    await visitor.press('Continue');
    await visitor.reaches('Connect your model');
    expect(alert.textContent).to.equal('');
  });

  it('says what is wrong in the language that the page has changed to', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    await visitor.press('Continue');
    await says(visitor, 'Choose a domain, or bring your own prompts.');
    visitor.element.lang = 'de';
    await visitor.sees(() => visitor.one('.error').textContent?.includes('Wählen Sie'), 'the German words');
  });

  it('marks the group of radios while a choice is missing', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    const group = visitor.one('fieldset');
    expect(group.getAttribute('aria-invalid')).to.equal('false');
    await visitor.press('Continue');
    await visitor.sees(() => group.getAttribute('aria-invalid') === 'true', 'the mark');
    expect(group.role).to.equal('radiogroup');
    expect(group.ariaLabelledByElements?.[0]?.textContent).to.equal('Task domain');
    expect(group.ariaDescribedByElements?.[0]?.textContent).to.contain('Choose a domain');
    await expect(await visitor.atRest()).to.be.accessible();
    await visitor.choose('Customer Support');
    await visitor.sees(() => group.getAttribute('aria-invalid') === 'false', 'no mark');
  });

  it('shows on each card how long its suite takes and a prompt of it, which describe the radio', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    const [description] = visitor.one<HTMLInputElement>('input[value=code_generation]').ariaDescribedByElements ?? [];
    expect(description?.textContent).to.contain(rows[0]!.prompt).and.to.contain('10 prompts, about 30');
    expect(visitor.all('.card q').length).to.equal(4);
  });

  it('cuts no prompt on a card, in large text in a narrow column either', async () => {
    const visitor = await Visitor.arrive({ style: '--ftl-font-size: 2rem; width: 320px' });
    await visitor.toDomain();
    for (const prompt of visitor.all('.card q')) {
      prompt.append(' and so on'.repeat(20));
      expect(prompt.scrollHeight).to.equal(prompt.clientHeight);
      expect(prompt.scrollWidth).to.equal(prompt.clientWidth);
    }
  });

  it('takes the page’s preselection', async () => {
    const visitor = await Visitor.arrive({ domain: 'qa_knowledge' });
    await visitor.toDomain();
    expect(visitor.one<HTMLInputElement>('input[value=qa_knowledge]').checked).to.equal(true);
    const other = await Visitor.arrive({ id: 'other', suite: 'code-generation-1' });
    await other.toDomain();
    expect(other.one<HTMLInputElement>('input[value=code_generation]').checked).to.equal(true);
  });

  it('shows three sample prompts', async () => {
    const visitor = await Visitor.arrive({ domain: 'customer_support' });
    await visitor.toDomain();
    visitor.one('details summary').click();
    await visitor.sees(() => visitor.all('.samples li').length === 3);
  });

  it('reads the visitor’s own prompts and runs them', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    await visitor.choose('My Own Prompts');
    await visitor.fill('Your Prompts', 'prompt,category\nWhere is my order?,orders\nHello,');
    await says(visitor, '2 prompts found (CSV).');
    await visitor.press('Continue');
    await visitor.press('Use the Sample Model');
    await visitor.press('Continue');
    await visitor.press('Run Batch Test');
    await visitor.reaches('Your model is answering');
    expect((api().asked('/batch-test')[0]!.body as { prompts: unknown }).prompts).to.deep.equal([
      { prompt: 'Where is my order?', category: 'orders' },
      { prompt: 'Hello' },
    ]);
  });

  it('says what is wrong with them: none, too many, a broken line', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    await visitor.choose('My Own Prompts');
    const refuses = async (text: string, reason: string) => {
      await visitor.fill('Your Prompts', text);
      await visitor.press('Continue');
      await says(visitor, reason);
      expect(visitor.field<HTMLTextAreaElement>('Your Prompts').getAttribute('aria-invalid')).to.equal('true');
    };
    await refuses(' ', 'Paste at least one prompt.');
    await refuses('Hello\n'.repeat(22), 'That is 2 too many: 20 can run.');
    await refuses('{"prompt":"Hi"}\noops', 'Line 2 is not a JSON object.');
    await refuses('["Hi", 7]', 'Entry 2 has no prompt.');
    await refuses('["Hi",', 'This begins like a JSON array');
  });

  it('names the radios by their domain alone', async () => {
    const visitor = await Visitor.arrive();
    await visitor.toDomain();
    for (const name of [
      'Customer Support',
      'Code Generation',
      'Q&A / Knowledge',
      'Creative Writing',
      'My Own Prompts',
    ]) {
      await visitor.choose(name);
    }
  });
});
