import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { parseOwnPrompts } from './own-prompts.js';

const prompts = (text: string) => parseOwnPrompts(text).prompts;
const problems = (text: string) => parseOwnPrompts(text).problems;

/** Text that has something in it besides white space, in any script. */
const someText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('the visitor’s own prompts', () => {
  it('are taken a line each, blank lines left out', () => {
    expect(parseOwnPrompts('Where is my order?\n\n  How do I return it?  \r\n')).to.deep.equal({
      format: 'lines',
      prompts: [{ prompt: 'Where is my order?' }, { prompt: 'How do I return it?' }],
      problems: [],
    });
  });

  it('may hold commas without being CSV', () => {
    expect(prompts('Hello, who are you?\nTell me, please')).to.have.length(2);
  });

  it('are read from CSV with a column of prompts, and categories where there are some', () => {
    const text = 'category,Prompt\nbilling,"Charged twice, why?"\n,"He said ""no"".\nWhat now?"';
    expect(parseOwnPrompts(text)).to.deep.equal({
      format: 'csv',
      prompts: [{ prompt: 'Charged twice, why?', category: 'billing' }, { prompt: 'He said "no".\nWhat now?' }],
      problems: [],
    });
  });

  it('are read from CSV with semicolons or tabs', () => {
    expect(prompts('prompt;topic\nHi;greeting')).to.deep.equal([{ prompt: 'Hi', category: 'greeting' }]);
    expect(prompts('question\tlabel\nHi\tgreeting')).to.deep.equal([{ prompt: 'Hi', category: 'greeting' }]);
  });

  it('are read from JSONL', () => {
    expect(parseOwnPrompts('{"prompt":"Hi","category":"a"}\n{"question":"Why?"}')).to.deep.equal({
      format: 'jsonl',
      prompts: [{ prompt: 'Hi', category: 'a' }, { prompt: 'Why?' }],
      problems: [],
    });
  });

  it('are read from fine-tuning files: the last message of the user', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Yes?' },
      { role: 'user', content: 'Second' },
    ];
    expect(prompts(JSON.stringify({ messages }))).to.deep.equal([{ prompt: 'Second' }]);
  });

  it('are read from a JSON array of strings or objects', () => {
    const text = '[\n  "Where is my order?",\n  {"prompt": "Charged twice", "category": "billing"}\n]';
    expect(parseOwnPrompts(text)).to.deep.equal({
      format: 'json',
      prompts: [{ prompt: 'Where is my order?' }, { prompt: 'Charged twice', category: 'billing' }],
      problems: [],
    });
    expect(problems('["Hi", 7, {"other": 1}]')).to.deep.equal([
      { line: 2, problem: 'noPrompt' },
      { line: 3, problem: 'noPrompt' },
    ]);
  });

  it('are read from CSV without a header where every cell is quoted', () => {
    expect(parseOwnPrompts('"Charged twice, why?","billing"\n"He said ""no"".\nWhat now?"\n')).to.deep.equal({
      format: 'csv',
      prompts: [{ prompt: 'Charged twice, why?', category: 'billing' }, { prompt: 'He said "no".\nWhat now?' }],
      problems: [],
    });
  });

  it('have no category where it is left empty', () => {
    expect(prompts('prompt,category\nHi,  ')).to.deep.equal([{ prompt: 'Hi' }]);
    expect(prompts('[{"prompt":"Hi","category":""}]')).to.deep.equal([{ prompt: 'Hi' }]);
  });

  it('are not taken by the line where they look like JSON or CSV that is broken', () => {
    expect(problems('["Hi",\n"there"')).to.deep.equal([{ line: 1, problem: 'notJsonArray' }]);
    expect(problems('"a","b","c"\n"d","e","f"')).to.deep.equal([{ line: 1, problem: 'notCsv' }]);
    expect(problems('id,answer\n1,Yes')).to.deep.equal([{ line: 1, problem: 'notCsv' }]);
    expect(problems('"a","b"\n"c","d')).to.deep.equal([{ line: 2, problem: 'unclosedQuote' }]);
  });

  it('may begin with a bracket or a quotation mark and be lines', () => {
    for (const text of ['[urgent] Where is my order?\nHi', '"Hello," she said. Go on.\nHi', '"Stop", he said\nHi']) {
      expect(parseOwnPrompts(text)).to.include({ format: 'lines' });
      expect(prompts(text)).to.have.length(2);
    }
  });

  it('name the line that is wrong', () => {
    expect(problems('{"prompt":"Hi"}\nnot json\n{"other":1}')).to.deep.equal([
      { line: 2, problem: 'notJson' },
      { line: 3, problem: 'noPrompt' },
    ]);
    expect(problems(`fine\n${'x'.repeat(8_001)}`)).to.deep.equal([{ line: 2, problem: 'tooLong' }]);
    expect(problems('prompt\nfine\n"never closed')).to.deep.equal([{ line: 3, problem: 'unclosedQuote' }]);
    expect(problems('prompt,category\n"two\nlines",a\n,b')).to.deep.equal([{ line: 4, problem: 'noPrompt' }]);
  });

  it('survive CSV as any writer of RFC 4180 makes it', () => {
    fc.assert(
      fc.property(
        fc.array(someText, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        (texts, newline) => {
          const csv = ['prompt,category', ...texts.map((text) => `${quoted(text)},c`)].join(newline);
          expect(prompts(csv)).to.deep.equal(texts.map((text) => ({ prompt: text.trim(), category: 'c' })));
        },
      ),
    );
  });

  it('survive JSONL', () => {
    fc.assert(
      fc.property(fc.array(someText, { minLength: 1, maxLength: 12 }), (texts) => {
        const jsonl = texts.map((prompt) => JSON.stringify({ prompt })).join('\n');
        expect(prompts(jsonl)).to.deep.equal(texts.map((text) => ({ prompt: text.trim() })));
      }),
    );
  });

  it('never break the parser, and are never empty or too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) =>
        prompts(text).every(({ prompt }) => prompt.trim() !== '' && prompt.length <= 8_000),
      ),
    );
  });
});
