import fc from 'fast-check';

const TROUBLE = [
  '\u0000',
  '\u001b',
  '\t',
  '\r',
  '\n',
  '"',
  "'",
  ',',
  '=',
  '+',
  '-',
  '@',
  '＝',
  ';',
  '﹦',
  '\u00a0',
  '\u00ad',
  '\u2060',
  '\ufeff',
  '\u202e',
  '\u200b',
  '\ud800',
  '\udc00',
];
const WRITING = ['a', ' ', 'ß', 'Ж', 'ا', 'ש', '漢', 'か', '한', 'क', '\u0301', '👍', '1', '(', ')'];

/** Any UTF-16 at all, well-formed or not, with what breaks files and pages made likely. */
export function anyText(maxLength = 60): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const character = fc.oneof(fc.constantFrom(...TROUBLE), fc.constantFrom(...WRITING), unit);
  return fc.array(character, { maxLength }).map((characters) => characters.join(''));
}
