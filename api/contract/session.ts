import { type Static, Type } from 'typebox';
import { Answer } from './answer.js';
import { DOMAINS, LIMITS } from './limits.js';
import { Run } from './row.js';

const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Timestamp = Type.String({ format: 'date-time' });

export const Model = Type.Object({ endpointUrl: Type.String(), modelId: Type.String() });
export type Model = Static<typeof Model>;

export const PublicConfig = Type.Object(
  {
    limits: Type.Object({
      promptsPerSession: Type.Integer(),
      questionsPerSession: Type.Integer(),
      sessionTtlSeconds: Type.Integer(),
      promptCharacters: Type.Integer(),
      bodyBytes: Type.Integer(),
      concurrency: Type.Object({ min: Type.Integer(), max: Type.Integer(), default: Type.Integer() }),
      maxTokens: Type.Object({ min: Type.Integer(), max: Type.Integer(), default: Type.Integer() }),
      plainHttp: Type.Boolean({ description: 'whether visitors may use http endpoints' }),
    }),
    signupUrl: Type.String(),
    sampleModel: Nullable(Model),
  },
  { $id: 'PublicConfig' },
);
export type PublicConfig = Static<typeof PublicConfig>;

export const Suite = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    domain: Type.Enum([...DOMAINS]),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    description: Type.String({ minLength: 1, maxLength: 300 }),
    prompts: Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1 }),
        category: Type.String({ minLength: 1, maxLength: LIMITS.categoryCharacters }),
        prompt: Type.String({ minLength: 1, maxLength: LIMITS.promptCharacters }),
      }),
      { minItems: 1 },
    ),
  },
  { $id: 'Suite' },
);
export type Suite = Static<typeof Suite>;
export const Suites = Type.Object({ suites: Type.Array(Suite) });
export type Suites = Static<typeof Suites>;

export const ConfigureRequest = Type.Object(
  {
    endpointUrl: Type.String({ minLength: 1, maxLength: LIMITS.urlCharacters }),
    apiKey: Type.String({
      maxLength: LIMITS.apiKeyCharacters,
      description: 'may be empty: then no Authorization header is sent',
    }),
    modelId: Type.String({ minLength: 1, maxLength: LIMITS.modelIdCharacters }),
  },
  { $id: 'ConfigureRequest' },
);
export type ConfigureRequest = Static<typeof ConfigureRequest>;

export const Connection = Type.Object({
  latencyMs: Type.Number({ minimum: 0 }),
  firstTokenMs: Nullable(Type.Number({ minimum: 0 })),
  models: Type.Array(Type.String({ description: 'what GET /models lists; empty where it does not' })),
  modelEcho: Type.Optional(Nullable(Type.String({ description: 'the model that the endpoint says answered' }))),
  preview: Type.Optional(Type.String({ description: 'the first words of the test completion' })),
});
export type Connection = Static<typeof Connection>;

export const ConfigureResponse = Type.Object(
  {
    sessionId: Type.String(),
    sessionToken: Type.String(),
    expiresAt: Timestamp,
    model: Model,
    connection: Connection,
  },
  { $id: 'ConfigureResponse' },
);
export type ConfigureResponse = Static<typeof ConfigureResponse>;

/** One turn of the conversation with Atlas, as a reloaded page needs it. */
export const Message = Type.Object({ question: Nullable(Type.String()), answer: Answer, createdAt: Timestamp });
export type Message = Static<typeof Message>;

export const Session = Type.Object(
  {
    sessionId: Type.String(),
    expiresAt: Timestamp,
    model: Model,
    credentials: Type.Object({ stored: Type.Boolean(), deletedAt: Nullable(Timestamp) }),
    promptsLeft: Type.Integer(),
    questionsLeft: Type.Integer(),
    run: Nullable(Run),
    messages: Type.Array(Message),
  },
  { $id: 'Session' },
);
export type Session = Static<typeof Session>;

const OwnPrompt = Type.Object({
  prompt: Type.String({ minLength: 1, maxLength: LIMITS.promptCharacters }),
  category: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.categoryCharacters })),
});

const runOptions = {
  systemPrompt: Type.Optional(Type.String({ maxLength: LIMITS.promptCharacters })),
  concurrency: Type.Optional(Type.Integer({ minimum: LIMITS.concurrency.min, maximum: LIMITS.concurrency.max })),
  maxTokens: Type.Optional(Type.Integer({ minimum: LIMITS.maxTokens.min, maximum: LIMITS.maxTokens.max })),
  temperature: Type.Optional(Type.Number({ minimum: LIMITS.temperature.min, maximum: LIMITS.temperature.max })),
};

/** Exactly one of `suiteId`, `prompts` and `resume`: checked where the request is read. */
export const BatchTestRequest = Type.Object(
  {
    suiteId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    prompts: Type.Optional(Type.Array(OwnPrompt, { minItems: 1, maxItems: 1_000 })),
    resume: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'a run of this session' })),
    numbers: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, description: 'with resume: these prompts only' }),
    ),
    ...runOptions,
  },
  { $id: 'BatchTestRequest' },
);
export type BatchTestRequest = Static<typeof BatchTestRequest>;

export const AtlasRequest = Type.Object(
  {
    question: Type.String({ minLength: 1, maxLength: LIMITS.questionCharacters }),
    without: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20, description: 'inherited chips to drop' }),
    ),
    runId: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { $id: 'AtlasRequest' },
);
export type AtlasRequest = Static<typeof AtlasRequest>;

export const CleanupReceipt = Type.Object(
  {
    credentialsDeletedAt: Nullable(Timestamp),
    deletedAt: Timestamp,
    deleted: Type.Object({
      modelConfigs: Type.Integer(),
      runs: Type.Integer(),
      results: Type.Integer(),
      messages: Type.Integer(),
    }),
  },
  { $id: 'CleanupReceipt' },
);
export type CleanupReceipt = Static<typeof CleanupReceipt>;
