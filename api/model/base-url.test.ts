import { expect, test } from 'vitest';
import { candidateBases } from './base-url.js';

test.each([
  ['https://llm.example.org', ['/v1', '']],
  ['https://llm.example.org/', ['/v1', '']],
  ['https://llm.example.org/v1', ['/v1', '']],
  ['https://llm.example.org/v1/', ['/v1', '']],
  ['https://llm.example.org/v1//', ['/v1', '']],
  ['https://llm.example.org/v1/chat/completions', ['/v1', '']],
  ['https://llm.example.org/chat/completions/', ['/v1', '']],
  ['https://llm.example.org/v1/models', ['/v1', '']],
  ['https://llm.example.org/proxy', ['/proxy', '/proxy/v1']],
  ['https://llm.example.org/proxy/v1', ['/proxy/v1', '/proxy']],
  ['https://llm.example.org/api/paas/v4/', ['/api/paas/v4']],
  ['https://api.groq.com', ['/openai/v1', '/v1', '']],
  ['https://api.groq.com/openai', ['/openai', '/openai/v1']],
  ['https://api.fireworks.ai/inference/v1', ['/inference/v1', '/inference']],
  ['https://openrouter.ai', ['/api/v1', '/v1', '']],
])('%s may stand for %j', (address, paths) => {
  const { origin } = new URL(address);
  expect(candidateBases(new URL(address))).toEqual(paths.map((path) => origin + path));
});

test('a query stays where it was', () => {
  const address = new URL('https://llm.example.org/v1/chat/completions?api-version=2024-05-01');
  expect(candidateBases(address)[0]).toBe('https://llm.example.org/v1?api-version=2024-05-01');
});
