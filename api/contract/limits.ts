/** Plain constants that the server enforces and the widget shows. No imports: the widget bundles this file. */
export const LIMITS = {
  /** Characters in one prompt or system prompt. */
  promptCharacters: 8_000,
  /** Bytes in one request body or socket message. */
  bodyBytes: 262_144,
  /** Characters in one question to Atlas. */
  questionCharacters: 1_000,
  categoryCharacters: 60,
  apiKeyCharacters: 512,
  urlCharacters: 2_048,
  modelIdCharacters: 200,
  concurrency: { min: 1, max: 10, default: 4 },
  maxTokens: { min: 1, max: 4_096, default: 512 },
  temperature: { min: 0, max: 2 },
  /** Calls made for one prompt, the first one and adaptations to the endpoint's dialect included. */
  attempts: 3,
} as const;

/**
 * Sockets and event streams that are open at a time: a page has one, and may leave one behind that is not known to be
 * dead. Where more sessions than one may be open at an address, that has room for the sockets of all.
 */
export const OPEN_STREAMS = { perSession: 8, perAddress: 32 } as const;
/** How a socket is closed that newer ones crowd out. Its page must not come back by itself: it would crowd out another. */
export const CROWDED_OUT = 4429;
export const API_PREFIX = '/api/demo/v2';
/** Where the built-in sample model is served. */
export const SAMPLE_MODEL_PREFIX = '/sample-model/v1';
export const DOMAINS = ['customer_support', 'code_generation', 'qa_knowledge', 'creative_writing'] as const;
/** The category of own prompts that were given none. */
export const UNCATEGORISED = 'uncategorised';
/** What is measured of one prompt. */
export const METRICS = [
  'latencyMs',
  'firstTokenMs',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'tokensPerSecond',
  'characters',
  'words',
  'attempts',
] as const;
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** How a chip begins that an answer keeps from an earlier question: such a chip can be taken away. */
export const INHERITED_CHIP = 'from before: ';
