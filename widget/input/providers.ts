/** Endpoints that visitors ask for most: base URL, an example of a model's name, and where keys are made and revoked. */
export interface Provider {
  name: string;
  /** Empty where every customer has an address of their own; `urlExample` shows its form. */
  url: string;
  urlExample?: string;
  modelExample: string;
  keysUrl?: string;
  keyPrefix?: string;
}

export const PROVIDERS: readonly Provider[] = [
  {
    name: 'OpenAI',
    url: 'https://api.openai.com/v1',
    modelExample: 'ft:gpt-4.1-mini:my-org::abc123',
    keysUrl: 'https://platform.openai.com/api-keys',
    keyPrefix: 'sk-',
  },
  {
    name: 'Anthropic',
    url: 'https://api.anthropic.com/v1',
    modelExample: 'claude-haiku-4-5',
    keysUrl: 'https://console.anthropic.com/settings/keys',
    keyPrefix: 'sk-ant-',
  },
  {
    name: 'Together AI',
    url: 'https://api.together.xyz/v1',
    modelExample: 'my-org/my-model',
    keysUrl: 'https://api.together.ai/settings/api-keys',
    keyPrefix: 'tgp_',
  },
  {
    name: 'Fireworks AI',
    url: 'https://api.fireworks.ai/inference/v1',
    modelExample: 'accounts/my-org/models/my-model',
    keysUrl: 'https://app.fireworks.ai/settings/users/api-keys',
    keyPrefix: 'fw_',
  },
  {
    name: 'OpenRouter',
    url: 'https://openrouter.ai/api/v1',
    modelExample: 'my-org/my-model',
    keysUrl: 'https://openrouter.ai/settings/keys',
    keyPrefix: 'sk-or-',
  },
  {
    name: 'Groq',
    url: 'https://api.groq.com/openai/v1',
    modelExample: 'llama-3.1-8b-instant',
    keysUrl: 'https://console.groq.com/keys',
    keyPrefix: 'gsk_',
  },
  {
    name: 'Mistral',
    url: 'https://api.mistral.ai/v1',
    modelExample: 'ft:my-model:abc123',
    keysUrl: 'https://console.mistral.ai/api-keys',
  },
  {
    name: 'Hugging Face Inference Endpoints',
    url: '',
    urlExample: 'https://my-endpoint.us-east-1.aws.endpoints.huggingface.cloud/v1',
    modelExample: 'tgi',
    keysUrl: 'https://huggingface.co/settings/tokens',
    keyPrefix: 'hf_',
  },
  { name: 'vLLM', url: '', urlExample: 'https://models.example.com:8000/v1', modelExample: 'my-model' },
  { name: 'Ollama', url: '', urlExample: 'https://models.example.com:11434/v1', modelExample: 'my-model' },
];

export const providerByName = (wanted: string): Provider | undefined => PROVIDERS.find(({ name }) => name === wanted);

/** The provider whose address this is. */
export function providerOf(endpointUrl: string): Provider | undefined {
  if (!URL.canParse(endpointUrl)) return undefined;
  const { origin } = new URL(endpointUrl);
  return PROVIDERS.find(({ url }) => url !== '' && new URL(url).origin === origin);
}

/**
 * The provider whose key this seems to be, where the address is not that provider's. At an address that nobody here knows
 * any server may be, and many give out keys that begin with a mere "sk-".
 */
export function foreignKey(key: string, endpointUrl: string): Provider | undefined {
  const maker = providerOfKey(key);
  const provider = providerOf(endpointUrl);
  if (provider) return maker === provider ? undefined : maker;
  return URL.canParse(endpointUrl) && maker?.url && maker.keyPrefix !== 'sk-' ? maker : undefined;
}

/** The provider that makes keys with this beginning; the longest beginning decides. */
function providerOfKey(key: string): Provider | undefined {
  return PROVIDERS.filter(({ keyPrefix }) => keyPrefix && key.startsWith(keyPrefix)).sort(
    (a, b) => b.keyPrefix!.length - a.keyPrefix!.length,
  )[0];
}
