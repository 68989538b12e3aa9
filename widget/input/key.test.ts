import { expect } from '@open-wc/testing';
import { cleanKey } from './key.js';
import { providerOf, providerOfKey } from './providers.js';

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

  it('is told by its beginning, the longest one that fits', () => {
    expect(providerOfKey('sk-or-v1-abc')?.id).to.equal('openrouter');
    expect(providerOfKey('sk-proj-abc')?.id).to.equal('openai');
    expect(providerOfKey('anything')).to.equal(undefined);
  });
});

describe('a provider', () => {
  it('is known by the address', () => {
    expect(providerOf('https://api.groq.com/openai/v1')?.id).to.equal('groq');
    expect(providerOf('https://api.groq.com.evil.example/v1')).to.equal(undefined);
    expect(providerOf('not a url')).to.equal(undefined);
  });
});
