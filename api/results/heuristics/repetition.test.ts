import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../testing/any-text.js';
import { ownTime } from '../../../testing/stalls.mjs';
import { textFlags } from '../flags.js';
import { isEmptyText } from './empty.js';

const facts = { finishReason: 'stop', outputTokens: 100, maxTokens: 512 };
const repetition = (text: string) => textFlags(text, facts).notes.find((note) => note.about === 'repetition')?.reason;

const varied =
  'The return of a product starts in the account, where each order of the last year is listed with its number. ' +
  'Choose the item, say in a few words why it goes back, and print the label that appears. Put the parcel into any ' +
  'shop of the carrier within two weeks. As soon as it reaches the warehouse the money is sent to the card.';

describe('repetition', () => {
  test('is seen where a sentence loops', () => {
    expect(repetition('I am happy to help you with that order today. '.repeat(12))).toMatch(/word sequences/);
  });

  test('is seen where lines come again and again', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `Step ${index % 5}: open the settings`);
    expect(repetition(lines.join('\n'))).toBe('75 % of its lines are duplicates');
  });

  test('is seen in Chinese', () => {
    expect(repetition('我们会尽快处理您的退款请求。'.repeat(20))).toBeDefined();
  });

  test('is not seen in varied text, short text, code and tables', () => {
    expect(repetition(varied)).toBeUndefined();
    expect(repetition('Yes, yes, yes, yes, yes, yes, yes.')).toBeUndefined();
    expect(repetition(`${varied}\n\`\`\`\n${'push(1);\n'.repeat(60)}\`\`\``)).toBeUndefined();
    expect(repetition(`${varied}\n${'| same | row | in | a | table |\n'.repeat(60)}`)).toBeUndefined();
  });
});

describe('empty', () => {
  test.each(['', ' \n\t', '\u200b\u200d\ufeff', '\u00ad\u2060\u3000', '\u0000\u0007'])('%j', (text) => {
    expect(isEmptyText(text)).toBe(true);
    expect(textFlags(text, facts).empty).toBe(true);
  });

  test.each(['.', '0', '👍', ' a '])('not %j', (text) => expect(isEmptyText(text)).toBe(false));
});

describe('any text at all', () => {
  test('is judged without a throw', () => {
    const text = anyText(400);
    const piece = fc.constantFrom(
      '```',
      '\n',
      '"',
      '{',
      '[',
      '- ',
      '?',
      '“',
      '„',
      '`',
      ' I can’t ',
      'Subject: ',
      '**',
      '|',
    );
    const markup = fc
      .array(fc.oneof(piece, fc.lorem({ maxCount: 3 })), { maxLength: 60 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, markup), (raw) => {
        const flags = textFlags(raw, facts);
        expect(flags.incomplete).toBe(flags.incompleteReasons.length > 0);
        expect(flags.empty && flags.refusal).toBe(false);
      }),
    );
  });

  test.each([
    ['one long word', 'a'.repeat(200_000)],
    ['spaces', `a${' '.repeat(200_000)}b`],
    ['newlines', `a${'\n'.repeat(200_000)}b`],
    ['quotes', '"'.repeat(200_000)],
    ['opening quotes', '“'.repeat(200_000)],
    ['backticks', '`'.repeat(200_000)],
    ['asterisks', '*'.repeat(200_000)],
    ['fences', '```\n'.repeat(50_000)],
    ['brackets', '{"a":['.repeat(30_000)],
    ['list items', '- a?\n'.repeat(50_000)],
    ['e-mail bait', `${'a@'.repeat(100_000)}!`],
    ['refusal bait', 'I can to be able to be able '.repeat(7_000)],
    ['German bait', 'ich kann '.repeat(22_000)],
    ['combining marks', `a${'\u0301'.repeat(200_000)}`],
    ['ideographs', '漢字'.repeat(100_000)],
    ['question marks', '?'.repeat(200_000)],
    ['sentences', 'Why not? '.repeat(22_000)],
    ['opening guillemets', '«a'.repeat(100_000)],
    ['corner brackets', '「a'.repeat(100_000)],
    ['addresses', `${'www.'.repeat(50_000)} a`],
    ['asterisks before a word', `a b c d e f g h i j ${'*'.repeat(200_000)}a`],
    ['semicolons and spaces', `${'; '.repeat(100_000)}a`],
    ['questions and brackets in a list', `- ${'?)'.repeat(100_000)}a`],
    ['emoji', '👍🏽'.repeat(50_000)],
    ['list in one paragraph', `${'word '.repeat(40_000)}and`],
  ])('is judged in little time: %s', (_, raw) => {
    const started = ownTime();
    textFlags(raw, facts);
    expect(ownTime() - started).toBeLessThan(5_000);
  });
});
