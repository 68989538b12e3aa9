import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyRing, parseKeyRing, randomKeyRing } from './key-ring.js';
import { newToken, tokenBytes } from './token.js';
import { Vault } from './vault.js';

const ring = randomKeyRing();
const vault = new Vault(ring);
const token = tokenBytes(newToken())!;
const binding = {
  sessionId: '5e55',
  endpointUrl: 'https://model.example.com/v1',
  modelId: 'model-a',
  expiresAt: new Date('2030-01-01T00:00:00.000Z'),
};
const apiKey = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
  maxLength: 512,
});

describe('a sealed key', () => {
  it('opens with its token and its binding', () => {
    fc.assert(
      fc.property(apiKey, (key) => {
        expect(vault.open(vault.seal(key, token, binding), token, binding)).toBe(key);
      }),
    );
  });

  it('does not open once any bit of it was changed', () => {
    const record = vault.seal('sk-secret', token, binding);
    for (let bit = 0; bit < record.length * 8; bit += 1) {
      const changed = Buffer.from(record);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(vault.open(changed, token, binding)).toBeNull();
    }
  });

  it('does not open once it was cut or grew', () => {
    const record = vault.seal('sk-secret', token, binding);
    for (let length = 0; length < record.length; length += 1) {
      expect(vault.open(record.subarray(0, length), token, binding)).toBeNull();
    }
    expect(vault.open(Buffer.concat([record, Buffer.alloc(1)]), token, binding)).toBeNull();
  });

  it.each([
    ['session', { sessionId: '5e56' }],
    ['endpoint', { endpointUrl: 'https://evil.example.com/v1' }],
    ['port of the endpoint', { endpointUrl: 'https://model.example.com:8443/v1' }],
    ['model', { modelId: 'model-b' }],
    ['expiry', { expiresAt: new Date('2030-01-01T00:00:00.001Z') }],
  ])('does not open for another %s', (_what, change) => {
    const record = vault.seal('sk-secret', token, binding);
    expect(vault.open(record, token, { ...binding, ...change })).toBeNull();
  });

  it('does not open where text has moved from one part of its binding to the next', () => {
    const record = vault.seal('sk-secret', token, { ...binding, endpointUrl: 'https://a.example', modelId: 'bc' });
    expect(vault.open(record, token, { ...binding, endpointUrl: 'https://a.exampleb', modelId: 'c' })).toBeNull();
  });

  it('does not open with another token, nor with the master key alone', () => {
    const record = vault.seal('sk-secret', token, binding);
    expect(vault.open(record, randomBytes(32), binding)).toBeNull();
    expect(vault.open(record, Buffer.alloc(0), binding)).toBeNull();
  });

  it('has the same length for every usual key, and is never the same twice', () => {
    const [short, long] = [vault.seal('', token, binding), vault.seal('k'.repeat(500), token, binding)];
    expect(short.length).toBe(long.length);
    expect(vault.seal('sk', token, binding).equals(vault.seal('sk', token, binding))).toBe(false);
  });

  it('opens after the master key was rotated, until the old one leaves the ring', () => {
    const record = vault.seal('sk-secret', token, binding);
    const [old] = ring;
    const [next] = randomKeyRing();
    const rotated = new Vault([next, old]);
    expect(rotated.open(record, token, binding)).toBe('sk-secret');
    expect(rotated.knows(record)).toBe(true);
    const sealedWithNext = rotated.seal('sk-secret', token, binding);
    expect(vault.open(sealedWithNext, token, binding)).toBeNull();
    expect(new Vault([next]).open(record, token, binding)).toBeNull();
    expect(new Vault([next]).knows(record)).toBe(false);
  });
});

describe('a key ring', () => {
  const secret = randomBytes(32);
  const secrets = (keys: KeyRing | null) => keys?.map((key) => key.secret);

  it.each([
    ['hex', secret.toString('hex')],
    ['base64', secret.toString('base64')],
    ['base64url', `${secret.toString('base64url')}\n`],
  ])('reads a key in %s', (_form, text) => {
    expect(secrets(parseKeyRing(text))).toEqual([secret]);
  });

  it('reads several keys, separated by commas or lines', () => {
    const [a, b, c] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const text = `${a.toString('hex')},\n${b.toString('base64')}\r\n${c.toString('hex')}\n`;
    expect(secrets(parseKeyRing(text))).toEqual([a, b, c]);
  });

  it.each([
    ['nothing', ''],
    ['31 bytes', randomBytes(31).toString('hex')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['a passphrase', 'correct horse battery staple'],
    ['one bad key among good ones', `${randomBytes(32).toString('hex')},short`],
  ])('refuses %s', (_what, text) => {
    expect(parseKeyRing(text)).toBeNull();
  });
});
