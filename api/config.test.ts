import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const key = () => randomBytes(32).toString('base64');
const production = {
  NODE_ENV: 'production',
  ENCRYPTION_KEY: key(),
  ALLOWED_ORIGINS: 'https://www.example.com',
  PUBLIC_URL: 'https://demo.example.com',
};
const folder = mkdtempSync(join(tmpdir(), 'atlas-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the configuration', () => {
  it('needs nothing in development', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8787,
      publicUrl: 'http://localhost:8787',
      databaseUrl: undefined,
      redisUrl: undefined,
      allowedOrigins: '*',
      trustProxy: [],
      sessionTtlSeconds: 3_600,
      sessionsPerIp: 1,
      promptsPerSession: 20,
      questionsPerSession: 200,
      rateLimitPerMinute: 120,
      modelTimeoutMs: 60_000,
      sampleModel: true,
      metricsToken: undefined,
      atlasModel: null,
      signupUrl: 'https://finetunelab.ai/signup',
      logLevel: 'info',
      egress: { allowedPrivateEndpoints: [], allowPlainHttp: false, deniedAddresses: [], targetCallsPerMinute: 600 },
    });
    expect([...config.egress.allowedPorts]).toContain(11_434);
    expect(config.keyRing).toHaveLength(1);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: ' ' })).toMatchObject({ databaseUrl: undefined, port: 8787 });
  });

  it('cannot be changed', () => {
    const config = readConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it('lets pages of its own address embed, beside those that are listed', () => {
    expect(readConfig(production).allowedOrigins).toEqual(
      new Set(['https://demo.example.com', 'https://www.example.com']),
    );
  });

  it('follows the port where no public address is given', () => {
    expect(readConfig({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000');
  });

  it('reads the key ring from a file rather than from the environment', () => {
    const file = join(folder, 'ring');
    writeFileSync(file, `${key()}\n${key()}\n`);
    expect(readConfig({ ENCRYPTION_KEY_FILE: file, ENCRYPTION_KEY: key() }).keyRing).toHaveLength(2);
  });

  it.each([
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '8787x' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'demo.example.com' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/demo' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: 'too-short' }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: '00'.repeat(32) }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: Buffer.alloc(32, 'k').toString('base64') }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: 'deadbeef'.repeat(8) }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: `${key()},${'ff'.repeat(32)}` }],
    ['ENCRYPTION_KEY_FILE', { ENCRYPTION_KEY_FILE: join(folder, 'missing') }],
    ['ENCRYPTION_KEY_FILE', { ...production, ENCRYPTION_KEY: undefined }],
    ['ALLOWED_ORIGINS', { ...production, ALLOWED_ORIGINS: undefined }],
    ['ALLOWED_ORIGINS', { ...production, ALLOWED_ORIGINS: '*' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'https://a.example/page' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'https://*.example.com' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'null' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['TRUST_PROXY', { TRUST_PROXY: '1' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'loopback' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
    ['SESSION_TTL_SECONDS', { SESSION_TTL_SECONDS: '3601' }],
    ['SESSION_TTL_SECONDS', { SESSION_TTL_SECONDS: '0' }],
    ['SESSIONS_PER_IP', { SESSIONS_PER_IP: '-1' }],
    ['PROMPTS_PER_SESSION', { PROMPTS_PER_SESSION: '2.5' }],
    ['QUESTIONS_PER_SESSION', { QUESTIONS_PER_SESSION: 'many' }],
    ['RATE_LIMIT_PER_MINUTE', { RATE_LIMIT_PER_MINUTE: '0' }],
    ['MODEL_TIMEOUT_MS', { MODEL_TIMEOUT_MS: '1e4' }],
    ['ALLOWED_PRIVATE_ENDPOINTS', { ALLOWED_PRIVATE_ENDPOINTS: '10.0.0.1' }],
    ['ALLOWED_PRIVATE_ENDPOINTS', { ALLOWED_PRIVATE_ENDPOINTS: 'http://10.0.0.1:8000' }],
    ['ALLOW_PLAIN_HTTP', { ALLOW_PLAIN_HTTP: 'maybe' }],
    ['ALLOWED_PORTS', { ALLOWED_PORTS: '443,https' }],
    ...['example.com', '8.8.8', '010.8.8.8', '0x8.8.8.8', '8.8.8.8:443', '8.8.8.8/', '8.8.8.8/33', '[2a00::1]']
      .concat(['2a00::1%eth0', '2a00::1%eth0/64', '2a00::/129', '::ffff:08.8.8.8', '8.8.8.0/255.255.255.0'])
      .map((denied): [string, Record<string, string>] => [
        'DENIED_ADDRESSES',
        { DENIED_ADDRESSES: `1.1.1.1,${denied}` },
      ]),
    ['SAMPLE_MODEL', { SAMPLE_MODEL: 'please' }],
    ['TARGET_CALLS_PER_MINUTE', { TARGET_CALLS_PER_MINUTE: 'NaN' }],
    ['ATLAS_MODEL', { ATLAS_BASE_URL: 'https://api.example.com/v1' }],
    ['ATLAS_BASE_URL', { ATLAS_MODEL: 'm' }],
    ['SIGNUP_URL', { SIGNUP_URL: 'javascript:alert(1)' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('refuses a bad %s in one line that names it: %j', (name, variables) => {
    const read = () => readConfig(variables);
    expect(read).toThrow(new RegExp(`^${name} [^\\n]+$`));
  });

  it.each([
    { TRUST_PROXY: '10.0.0.0/8, 192.0.2.7,2001:db8::/32' },
    { ALLOWED_PRIVATE_ENDPOINTS: 'localhost:11434,[::1]:8000,models.internal:80' },
    { DATABASE_URL: 'postgres://user:pass@db/demo', REDIS_URL: 'rediss://cache:6380' },
    { DENIED_ADDRESSES: '8.8.8.0/24,::ffff:1.1.1.1,2A00:0:0::1/64,::ffff:8.8.8.0/120' },
    { QUESTIONS_PER_SESSION: '0', ALLOW_PLAIN_HTTP: 'ON', SAMPLE_MODEL: 'off' },
    { ATLAS_BASE_URL: 'https://api.example.com/v1', ATLAS_MODEL: 'm' },
  ])('takes %j', (variables) => {
    expect(() => readConfig(variables)).not.toThrow();
  });
});
