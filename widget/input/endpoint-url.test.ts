import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { normaliseEndpointUrl } from './endpoint-url.js';

describe('a pasted endpoint address', () => {
  const cases: [string, string, string[]][] = [
    ['https://api.example.com/v1', 'https://api.example.com/v1', []],
    ['https://api.example.com/v1/', 'https://api.example.com/v1', []],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1', ['path']],
    ['https://api.example.com/v1/chat/completions/', 'https://api.example.com/v1', ['path']],
    ['https://api.example.com/v1/models', 'https://api.example.com/v1', ['path']],
    ['api.example.com/v1', 'https://api.example.com/v1', ['https']],
    ['localhost:8000', 'https://localhost:8000', ['https']],
    [' "https://api.example.com/v1" ', 'https://api.example.com/v1', ['cleaned']],
    ["http://api.example.com/models'/", 'http://api.example.com', ['cleaned', 'path']],
    ['<api.example.com/v1/completions>', 'https://api.example.com/v1', ['cleaned', 'https', 'path']],
  ];
  for (const [typed, url, changes] of cases) {
    it(`becomes a base URL: ${typed}`, () => {
      expect(normaliseEndpointUrl(typed)).to.include({ url, valid: true });
      expect(normaliseEndpointUrl(typed).changes).to.deep.equal(changes);
    });
  }

  for (const typed of ['', '   ', 'ftp://api.example.com', 'javascript:alert(1)', 'https://', 'https:', 'not a url']) {
    it(`is not one, and left as it is: “${typed}”`, () =>
      expect(normaliseEndpointUrl(typed)).to.deep.equal({ url: typed, changes: [], warning: null, valid: false }));
  }

  const warnings: [string, string | null][] = [
    ['https://api.example.com/v1', null],
    ['http://api.example.com/v1', 'http'],
    ['http://localhost:11434/v1', 'private'],
    ['https://192.168.1.20:8000/v1', 'private'],
    ['https://172.20.0.3/v1', 'private'],
    ['https://172.32.0.3/v1', null],
    ['https://[::1]:8000/v1', 'private'],
    ['https://models.internal/v1', 'private'],
    ['https://10.example.com/v1', null],
    ['https://models.local/v1', 'private'],
    ['https://models.invalid/v1', 'reserved'],
    ['https://models.example/v1', 'reserved'],
    ['https://latest.dev/v1', null],
    ['https://me:secret@api.example.com/v1', 'userinfo'],
  ];
  for (const [typed, warning] of warnings) {
    it(`is ${warning ? `warned about (${warning})` : 'fine'}: ${typed}`, () =>
      expect(normaliseEndpointUrl(typed).warning).to.equal(warning));
  }

  it('is the same when it is tidied up twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ maxLength: 60 })), (typed) => {
        const once = normaliseEndpointUrl(typed);
        if (once.valid) expect(normaliseEndpointUrl(once.url)).to.include({ url: once.url, valid: true });
      }),
    );
  });
});
