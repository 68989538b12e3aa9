import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { parseCurl } from './curl.js';

describe('a pasted curl command', () => {
  it('gives address, key, model and system prompt', () => {
    const command = `curl https://api.together.xyz/v1/chat/completions \\
      -H "Authorization: Bearer tgp_abc" -H 'Content-Type: application/json' \\
      -d '{"model": "my-org/my-model", "messages": [
        {"role": "system", "content": "Be kind."}, {"role": "user", "content": "It\\u0027s me"}]}'`;
    expect(parseCurl(command)).to.deep.equal({
      url: 'https://api.together.xyz/v1/chat/completions',
      apiKey: 'tgp_abc',
      modelId: 'my-org/my-model',
      systemPrompt: 'Be kind.',
    });
  });

  it('has no key where a shell variable stands in its place', () => {
    const command = 'curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"';
    expect(parseCurl(command)).to.include({ url: 'https://api.openai.com/v1/models', apiKey: null });
  });

  it('may have its options anywhere, in long form, and its body double-quoted', () => {
    const command =
      '$ curl -s -X POST --header="Authorization: Bearer k1" --data "{\\"model\\":\\"m\\"}" --url https://a.example/v1';
    expect(parseCurl(command)).to.include({ url: 'https://a.example/v1', apiKey: 'k1', modelId: 'm' });
  });

  it('is worth its address alone where the body is a file', () => {
    expect(parseCurl('curl https://a.example/v1 -d @body.json')).to.include({
      url: 'https://a.example/v1',
      modelId: null,
    });
  });

  it('never breaks the parser', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (rest) => void parseCurl(`curl ${rest}`)));
  });
});
