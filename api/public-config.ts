import type { Config } from './config.js';
import { LIMITS, SAMPLE_MODEL_PREFIX } from './contract/limits.js';
import type { PublicConfig } from './contract/session.js';
import { SAMPLE_MODEL_ID } from './sample-model/openai.js';

/** What pages may know of the settings. */
export function toPublicConfig(config: Config): PublicConfig {
  return {
    limits: {
      promptsPerSession: config.promptsPerSession,
      questionsPerSession: config.questionsPerSession,
      sessionTtlSeconds: config.sessionTtlSeconds,
      promptCharacters: LIMITS.promptCharacters,
      bodyBytes: LIMITS.bodyBytes,
      concurrency: LIMITS.concurrency,
      maxTokens: LIMITS.maxTokens,
      plainHttp: config.egress.allowPlainHttp,
    },
    signupUrl: config.signupUrl,
    sampleModel: config.sampleModel
      ? { endpointUrl: `${config.publicUrl}${SAMPLE_MODEL_PREFIX}`, modelId: SAMPLE_MODEL_ID }
      : null,
  };
}
