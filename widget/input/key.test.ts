import { expect } from '@open-wc/testing';
import { cleanKey, isWholeKey } from './key.js';
import { foreignKey, providerOf } from './providers.js';

describe('a pasted key', () => {
  it('loses what came along: white space, line breaks, quotation marks, the header’s name', () => {
    for (const typed of [
      'sk-1',
      ' sk-1\n',
      '"sk-1"',
      "'sk-1',",
      'Bearer sk-1',
      'Authorization: Bearer sk-1',
      'sk\r\n-1',
    ]) {
      expect(cleanKey(typed)).to.equal('sk-1');
    }
  });

  it('is not whole where a page has hidden its middle', () => {
    for (const key of ['', 'sk-proj-a_B.1/+=']) expect(isWholeKey(key), key).to.equal(true);
    for (const key of ['sk-…abc', 'sk-••••abc']) expect(isWholeKey(key), key).to.equal(false);
  });

  it('of another provider is told by its beginning, the longest one that fits', () => {
    const openai = 'https://api.openai.com/v1';
    expect(foreignKey('sk-or-v1-abc', openai)?.name).to.equal('OpenRouter');
    expect(foreignKey('sk-ant-api03-abc', openai)?.name).to.equal('Anthropic');
    expect(foreignKey('sk-proj-abc', openai)).to.equal(undefined);
    expect(foreignKey('anything', openai)).to.equal(undefined);
    expect(foreignKey('sk-ant-api03-abc', 'https://api.anthropic.com/v1')).to.equal(undefined);
  });

  it('of another provider is told at an unknown address, too, but a mere “sk-” says nothing there', () => {
    const own = 'https://models.my-org.com/v1';
    expect(foreignKey('sk-ant-api03-abc', own)?.name).to.equal('Anthropic');
    expect(foreignKey('sk-1234', own)).to.equal(undefined);
    expect(foreignKey('hf_abc', own)).to.equal(undefined);
    expect(foreignKey('sk-ant-api03-abc', '')).to.equal(undefined);
  });
});

describe('a provider', () => {
  it('is known by the address', () => {
    expect(providerOf('https://api.groq.com/openai/v1')?.name).to.equal('Groq');
    expect(providerOf('https://api.groq.com.evil.example/v1')).to.equal(undefined);
    expect(providerOf('not a url')).to.equal(undefined);
  });
});
