import { expect, test } from 'vitest';
import { adapt, COMMON_PROFILE } from './profile.js';

test.each([
  ['Unknown parameter: stream_options', { streamOptions: false }],
  ['body.stream_options: Extra inputs are not permitted', { streamOptions: false }],
  [
    "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    { tokenLimit: 'max_completion_tokens' },
  ],
  [
    "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
    { temperature: false },
  ],
  ['stream This model does not support it', { streaming: false }],
  ['Streaming is not supported for this model', { streaming: false }],
])('%s', (complaint, change) => {
  expect(adapt(COMMON_PROFILE, complaint)).toEqual({ ...COMMON_PROFILE, ...change });
});

test('the older name is tried where the newer one is not known', () => {
  const newer = { ...COMMON_PROFILE, tokenLimit: 'max_completion_tokens' as const };
  expect(adapt(newer, 'max_completion_tokens: extra fields not permitted')).toEqual(COMMON_PROFILE);
});

test.each([
  'temperature must be between 0 and 1',
  'max_tokens is too large: 4096. This model supports at most 2048 completion tokens',
  "This model's maximum context length is 4096 tokens, however you requested 4200 (max_tokens 512)",
  'messages: field required',
  '',
])('nothing is given up for: %s', (complaint) => {
  expect(adapt(COMMON_PROFILE, complaint)).toBeNull();
});

test('what was given up is not given up again', () => {
  const bare = { streaming: false, streamOptions: false, tokenLimit: 'max_tokens', temperature: false } as const;
  expect(adapt(bare, 'stream stream_options temperature')).toBeNull();
});
