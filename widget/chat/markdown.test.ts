import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { type Block, type Inline, parseInline, parseMarkdown, plainText } from './markdown.js';

const texts = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if ('children' in inline) return texts(inline.children);
      return 'number' in inline ? `#${inline.number}` : inline.text;
    })
    .join('');
const lines = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === 'list' ? block.items : block.lines));

/** Text that is dense in markup, whole and broken. */
const markup = fc
  .array(
    fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      'https://a.b',
      'a',
      ' ',
      '\n',
      '- ',
      '1. ',
      '#7',
      '<b>',
      '\\',
      'é',
    ),
    {
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join(''));

describe('Markdown of an answer', () => {
  it('reads bold, italic, code and prompt references', () => {
    expect(parseInline('**9 of 10** were _ok_, `p95` is *high*: #7')).to.deep.equal([
      { type: 'strong', children: [{ type: 'text', text: '9 of 10' }] },
      { type: 'text', text: ' were ' },
      { type: 'em', children: [{ type: 'text', text: 'ok' }] },
      { type: 'text', text: ', ' },
      { type: 'code', text: 'p95' },
      { type: 'text', text: ' is ' },
      { type: 'em', children: [{ type: 'text', text: 'high' }] },
      { type: 'text', text: ': ' },
      { type: 'ref', number: 7 },
    ]);
  });

  it('reads emphasis and references inside bold', () => {
    expect(parseInline('**#7 is _slow_**')).to.deep.equal([
      {
        type: 'strong',
        children: [
          { type: 'ref', number: 7 },
          { type: 'text', text: ' is ' },
          { type: 'em', children: [{ type: 'text', text: 'slow' }] },
        ],
      },
    ]);
  });

  it('separates paragraphs, lists and lines', () => {
    const blocks = parseMarkdown('First\nsecond\n\n- a\n- b\n1. one\n2. two\nafter');
    expect(
      blocks.map((block) =>
        block.type === 'list' ? `${block.ordered ? 'ol' : 'ul'} ${block.items.length}` : `p ${block.lines.length}`,
      ),
    ).to.deep.equal(['p 2', 'ul 2', 'ol 2', 'p 1']);
  });

  it('leaves names, sums and prices alone', () => {
    for (const text of [
      'snake_case_name',
      '2 * 3 * 4',
      'a_b',
      '5 #hashtag',
      '&#39;',
      'C#7',
      '** bold **',
      '#1234567',
    ]) {
      expect(parseInline(text), text).to.deep.equal([{ type: 'text', text }]);
    }
  });

  it('takes a backslash as “as it stands”', () => {
    expect(parseInline('\\*not bold\\*')).to.deep.equal([{ type: 'text', text: '*not bold*' }]);
  });

  it('links http and https only', () => {
    expect(parseInline('[docs](https://a.b/c)')).to.deep.equal([{ type: 'link', text: 'docs', href: 'https://a.b/c' }]);
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//a.b',
      'file:///etc',
      'JAVASCRIPT:x',
      ' https://a.b',
    ]) {
      expect(
        parseInline(`[x](${href})`).some(({ type }) => type === 'link'),
        href,
      ).to.equal(false);
    }
  });

  it('keeps HTML and images as the text that they are', () => {
    const text = '<img src=x onerror=alert(1)> ![x](y)';
    expect(parseInline(text)).to.deep.equal([{ type: 'text', text }]);
  });

  it('never loses a letter, whatever the markup', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const read = lines(parseMarkdown(text)).map(texts).join('');
        for (const letter of ['a', 'é', 'b', '7']) {
          const shown = [...read].filter((character) => character === letter).length;
          const hiddenInLinks = [...text.matchAll(/\]\((https:\/\/[^\s()<>]+)\)/g)].join('').split(letter).length - 1;
          const written = [...text].filter((character) => character === letter).length;
          if (shown + hiddenInLinks < written) return false;
        }
        return true;
      }),
    );
  });

  it('leaves text without markup unchanged', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}][\p{L}\p{N} ,.:;!?<>&"'=/+-]{0,60}$/u), (text) => {
        expect(plainText(text)).to.equal(text);
      }),
    );
  });

  it('reads hostile text in linear time', () => {
    for (const piece of ['*', '**a ', '_a ', '`', '[', '[a](https://', '\\', '#1', '- ', '<', '_*`[']) {
      const started = performance.now();
      parseMarkdown(piece.repeat(30_000));
      expect(performance.now() - started, piece).to.be.lessThan(500);
    }
  });

  it('says as plain text what is on the screen', () => {
    expect(plainText('**p95** is `2 s`\n\n- #7\n- [docs](https://a.b)')).to.equal(
      'p95 is 2 s\n\n- #7\n- docs (https://a.b)',
    );
  });
});
