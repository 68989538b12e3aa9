import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownTime } from '../../testing/stalls.mjs';
import { createAnswerReader } from './read-answer.js';
import { createRedactor, holdsKey, REDACTED } from './redact.js';

const key = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'/+=_-.~%&\\;#xu25f'),
    fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  ),
  minLength: 8,
  maxLength: 64,
});
/** Text that cannot make up a piece of a key by chance. */
const around = fc.string({ unit: fc.constantFrom(' ', 'ü', '世', '\n'), maxLength: 20 });

const hex = (character: string, length: number) => character.charCodeAt(0).toString(16).padStart(length, '0');
const NAMED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '/': '&sol;',
  '=': '&equals;',
  '+': '&plus;',
};
/** The ways in which one character may be written. */
const ENCODINGS: ((character: string) => string)[] = [
  (character) => character,
  (character) => `%${hex(character, 2)}`,
  (character) => `%${hex(character, 2).toUpperCase()}`,
  (character) => `\\u${hex(character, 4)}`,
  (character) => `\\u${hex(character, 4).toUpperCase()}`,
  (character) => `\\u{${hex(character, 1)}}`,
  (character) => `\\x${hex(character, 2)}`,
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hex(character, 1)};`,
  (character) => `&#X${hex(character, 4).toUpperCase()};`,
  (character) => NAMED[character] ?? character,
  (character) => (/[a-z0-9]/i.test(character) ? character : `\\${character}`),
  (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0),
  (character) => `\u00ad${character}\u200b`,
  (character) => `\r\n${character}`,
];
const encodings = fc.infiniteStream(fc.nat({ max: ENCODINGS.length - 1 }));

/** Each character in a way of its own. */
const written = (text: string, ways: Iterator<number>) =>
  [...text].map((character) => ENCODINGS[ways.next().value]!(character)).join('');

const pieces = (secret: string, length: number) =>
  Array.from({ length: Math.max(0, secret.length - length + 1) }, (_, start) => secret.slice(start, start + length));

describe('removing the key', () => {
  test('removes it wherever it stands, each character written in whichever way, and leaves the rest', () => {
    fc.assert(
      fc.property(key, encodings, around, around, (secret, ways, before, after) => {
        const shown = createRedactor(secret).text(before + written(secret, ways) + after);
        const visible = (text: string) => text.replace(/[\s\u00ad\u200b]/g, '');
        expect(visible(shown)).toBe(visible(before + REDACTED + after));
      }),
      { numRuns: 1_000 },
    );
  });

  test('removes any part of eight characters and more, and whatever hides or shouts the rest', () => {
    fc.assert(
      fc.property(key, fc.nat(), fc.nat(), around, (secret, from, length, after) => {
        const start = from % (secret.length - 7);
        const part = secret.slice(start, start + 8 + (length % (secret.length - start - 7)));
        for (const each of [part, part.toUpperCase(), part.toLowerCase()]) {
          expect(createRedactor(secret).text(`${each} ${after}`)).toBe(`${REDACTED} ${after}`);
        }
        expect(createRedactor(secret).text(`${part}…***…${secret.slice(-4)}`)).toContain(`${REDACTED}…***`);
      }),
    );
  });

  test.each([
    ['in JSON in JSON', (secret: string) => JSON.stringify({ a: JSON.stringify(secret) })],
    ['in JSON in HTML', (secret: string) => JSON.stringify(secret).replaceAll('&', '&amp;').replaceAll('/', '&#47;')],
    ['URL-encoded twice', (secret: string) => encodeURIComponent(encodeURIComponent(secret))],
    [
      'as PHP writes it twice',
      (secret: string) => [1, 2].reduce((text) => JSON.stringify(text).replaceAll('/', '\\/'), secret),
    ],
    ['as base64 in a URL', (secret: string) => encodeURIComponent(Buffer.from(secret).toString('base64'))],
  ])('removes it %s', (_, write) => {
    fc.assert(
      fc.property(
        key.filter((each) => !/%|\\|&/.test(each)),
        (secret) => {
          expect(createRedactor(secret).text(write(secret))).toContain(REDACTED);
          for (const piece of pieces(secret, 8))
            expect(createRedactor(secret).text(write(secret))).not.toContain(piece);
        },
      ),
    );
  });

  test('removes it from base64, wherever it stands in what was encoded, and however that is written', () => {
    fc.assert(
      fc.property(
        key,
        encodings,
        fc.string({ maxLength: 5 }),
        fc.string({ maxLength: 5 }),
        (secret, ways, before, after) => {
          const redact = createRedactor(secret);
          for (const encoding of ['base64', 'base64url'] as const) {
            const encoded = Buffer.from(before + secret + after).toString(encoding);
            const shown = redact.text(encoded);
            for (const piece of pieces(encoded, 11)) {
              if (secret.includes(Buffer.from(piece, encoding).toString().slice(1, -1)))
                expect(shown).not.toContain(piece);
            }
            expect(redact.text(written(encoded, ways))).toContain(REDACTED);
          }
        },
      ),
    );
  });

  test('removes it from a stream, wherever that is cut', async () => {
    const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(key, encodings, cuts, around, async (secret, ways, lengths, before) => {
        const events = cut(before + written(secret, ways), lengths).map(
          (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`,
        );
        const reader = createAnswerReader();
        for (const piece of cut(`${events.join('')}data: [DONE]\n\n`, lengths)) reader.push(piece, 0);
        const shown = createRedactor(secret).text(reader.end(0).completion.text);
        expect(shown).toContain(REDACTED);
        for (const piece of pieces(secret, 8)) expect(shown).not.toContain(piece);
      }),
    );
  });

  test('leaves text without the key as it is', () => {
    const own = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLM01234+/='), minLength: 16, maxLength: 64 });
    const unit = fc.constantFrom(
      ...'nopqrstuvwxyz56789 %&#;\\/=+-_\n"<é世',
      '%2f',
      '&amp;',
      '&#47;',
      '\\u002f',
      '\u00ad',
    );
    fc.assert(
      fc.property(own, fc.string({ unit, maxLength: 200 }), (secret, text) => {
        expect(createRedactor(secret).text(text)).toBe(text);
      }),
    );
  });

  test.each(['a', '\\', '%25', '%2525', '\\u0061', '&amp;', 'a\u00ad', 'word ', '世'])(
    'takes time linear in a text of %j only',
    (unit) => {
      const redact = createRedactor('\\\\\\\\\\\\\\aaaaaaab%25%25%25%2525&amp;');
      const millisecondsFor = (characters: number) => {
        const text = unit.repeat(characters / unit.length);
        const began = ownTime();
        redact.text(text);
        return ownTime() - began;
      };
      millisecondsFor(20_000);
      // Quadratic would be 400 times as long.
      expect(millisecondsFor(400_000)).toBeLessThan(100 * Math.max(5, millisecondsFor(20_000)));
    },
  );

  test('removes it where control characters took it apart', () => {
    expect(createRedactor('sk-secret-123').text('sk-se\u0000cret\u001b-123')).toBe(REDACTED);
    expect(createRedactor('sk-secret-123').line('sk-se\u200bcret-123', 100)).toBe(REDACTED);
  });

  test.each([
    '%u0073k-secret-123',
    '%U0073k-secret-123',
    '\\u{000073}k-secret-123',
    'sk&#45secret-123',
    'sk&#x000000002D;secret-123',
    'sk-secret&#0000045;123',
    'sk&#x2d;secret&#8203;-123',
    'sk-&NewLine;secret&ZeroWidthSpace;-123',
    'sk-se&shycret-123',
    'sk-se&NegativeVeryThinSpace;cret-123',
    'sk-\\nsecret\\t-\\r123',
    'sk-sec\\\nret-123',
    'sk-sec\\\r\nret-123',
    'sk-sec\\u0000ret-123',
    'sk-sec\\\\nret-123',
    'sk-sec\uffffret\ufdd0-123',
    'sk-sec\u2028ret\u2029-123',
    's\u0332k\u0332-\u0332s\u0332e\u0332cret-123',
  ])('removes it written as %j', (text) => {
    expect(createRedactor('sk-secret-123').text(text)).toBe(REDACTED);
  });

  test('removes the rest of a text that a key of escapes makes slow to read', () => {
    const secret = '\\!!\\\\!\\!\\\\\\!!!\\!!\\\\\\\\!\\\\!!!!';
    const shown = createRedactor(secret).text(`before ${'\\!'.repeat(20_000)}${secret}`);
    expect(shown).toMatch(/^before /);
    for (const piece of pieces(secret, 8)) expect(shown).not.toContain(piece);
  });

  test('removes it each time', () => {
    expect(createRedactor('sk-secret-123').text('sk-secret-123 sk-secret-123')).toBe(`${REDACTED} ${REDACTED}`);
  });

  test('leaves placeholders alone: they are words, not secrets', () => {
    expect(createRedactor('none').text('none of them')).toBe('none of them');
    expect(createRedactor('').text('anything')).toBe('anything');
  });
});

describe('finding the key', () => {
  test('finds all of it in whichever form, and no part', () => {
    fc.assert(
      fc.property(key, encodings, (secret, ways) => {
        expect(holdsKey(`https://x.example/${written(secret, ways)}`, secret)).toBe(true);
        expect(holdsKey(Buffer.from(`:${secret}`).toString('base64url'), secret)).toBe(true);
      }),
    );
    expect(holdsKey('https://openrouter.ai/v1', 'openrouter-key')).toBe(false);
    expect(holdsKey('none', 'none')).toBe(false);
  });
});

function cut(text: string, lengths: Iterator<number>): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = lengths.next().value;
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return parts;
}

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
