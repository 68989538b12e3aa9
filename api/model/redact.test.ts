import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, REDACTED } from './redact.js';

const key = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 8,
  maxLength: 64,
});
/** Text that cannot make up a piece of a key by chance. */
const around = fc.string({ unit: fc.constantFrom(' ', 'ü', '世', '\n'), maxLength: 20 });

describe('removing the key', () => {
  test('removes it wherever it stands, and leaves the rest', () => {
    fc.assert(
      fc.property(key, around, around, (secret, before, after) => {
        expect(createRedactor(secret).text(before + secret + after)).toBe(before + REDACTED + after);
      }),
    );
  });

  test('removes a beginning of eight characters and more', () => {
    fc.assert(
      fc.property(key, fc.nat(), around, (secret, n, after) => {
        const part = secret.slice(0, 8 + (n % (secret.length - 7)));
        expect(createRedactor(secret).text(`${part} ${after}`)).toBe(`${REDACTED} ${after}`);
      }),
    );
  });

  test('removes it from JSON within the text', () => {
    fc.assert(
      fc.property(key, (secret) => {
        expect(createRedactor(secret).text(JSON.stringify({ a: secret }))).toBe(`{"a":"${REDACTED}"}`);
      }),
    );
  });

  test('removes it URL-encoded and as base64, wherever it stands in what was encoded', () => {
    fc.assert(
      fc.property(key, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (secret, before, after) => {
        const redact = createRedactor(secret);
        expect(redact.text(encodeURIComponent(secret))).toBe(REDACTED);
        for (const encoding of ['base64', 'base64url'] as const) {
          const encoded = Buffer.from(before + secret + after).toString(encoding);
          expect(redact.text(encoded)).toContain(REDACTED);
        }
      }),
    );
  });

  test('removes it where control characters took it apart', () => {
    expect(createRedactor('sk-secret-123').text('sk-se\u0000cret\u001b-123')).toBe(REDACTED);
    expect(createRedactor('sk-secret-123').line('sk-se\u200bcret-123', 100)).toBe(REDACTED);
  });

  test('removes it each time', () => {
    expect(createRedactor('sk-secret-123').text('sk-secret-123 sk-secret-123')).toBe(`${REDACTED} ${REDACTED}`);
  });

  test('leaves placeholders alone: they are words, not secrets', () => {
    expect(createRedactor('none').text('none of them')).toBe('none of them');
    expect(createRedactor('').text('anything')).toBe('anything');
  });
});

describe('cleaning text', () => {
  const redact = createRedactor('');

  test('drops controls but for tabs and line ends, and mends lone surrogates', () => {
    expect(redact.text('a\u0000b\u0008c\u001b[2J\td\r\n\u009be\ud800f😀')).toBe('abc[2J\td\r\ne\ufffdf😀');
  });

  test('makes one line of decent length', () => {
    expect(redact.line('a\r\n{"level":50}\t \u202eb', 100)).toBe('a {"level":50} b');
    expect(redact.line('x'.repeat(500), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(redact.line('😀'.repeat(10), 10)).toBe(`${'😀'.repeat(4)}…`);
  });

  test('leaves well-formed text whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(encodeURIComponent(redact.text(text))).toBeTypeOf('string');
        expect(redact.line(text, 20).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
