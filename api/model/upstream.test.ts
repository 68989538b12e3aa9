import { expect, test } from 'vitest';
import { keyHeaders } from './upstream.js';

test.each([
  ['llm.example.org', 'sk-1', { authorization: 'Bearer sk-1' }],
  ['mine.openai.azure.com', 'abc', { 'api-key': 'abc' }],
  ['mine.services.ai.azure.com', 'abc', { 'api-key': 'abc' }],
  ['mine.openai.azure.com', 'eyJ0eXAi', { authorization: 'Bearer eyJ0eXAi' }],
  ['azure.com.example.org', 'abc', { authorization: 'Bearer abc' }],
  ['mine.openai.azure.com', '', {}],
])('%s gets the key %j as %j', (host, key, headers) => {
  expect(keyHeaders(host, key)).toEqual(headers);
});
