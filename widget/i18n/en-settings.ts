/** The advanced settings: English comes with their fields. */
export const enSettings = {
  'setting.concurrency': 'Parallel calls',
  'setting.concurrencyHint': '{min} to {max}',
  'setting.maxTokens': 'Token limit per answer',
  'setting.maxTokensHint': '{min} to {max}',
  'setting.temperature': 'Temperature',
  'setting.temperatureHint': '{min} to {max}; empty: the model’s own',
} as const;
