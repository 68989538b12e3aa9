import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMeter } from './meter.js';

const KIB = 1024;

/** How many bytes went through before the meter objected; null where it never did. */
function measure(text: string, pieceBytes: number, isEventStream = true): number | null {
  const meter = createMeter(isEventStream);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    try {
      meter(bytes.subarray(at, at + pieceBytes));
    } catch (error) {
      expect(error).toMatchObject({ code: 'response_too_large' });
      return at;
    }
  }
  return null;
}

describe('the caps on what comes in', () => {
  test.each([
    ['a long answer of many events', `data: ${'x'.repeat(300)}\n\n`.repeat(10_000), null],
    ['an event just below the cap', `data: ${'x'.repeat(250 * KIB)}\r\n\r\n`.repeat(5), null],
    ['one line without an end', 'x'.repeat(300 * KIB), 256 * KIB],
    ['an event of many lines', 'data: x\n'.repeat(50_000), expect.any(Number)],
    ['an event of many lines, ended as on Windows', 'data: x\r\n'.repeat(50_000), expect.any(Number)],
    ['blank lines', '\n'.repeat(300_000), expect.any(Number)],
    ['events of nothing', 'data:\n\n'.repeat(150_000), expect.any(Number)],
  ])('%s', (_, text, objection) => {
    expect(measure(text, KIB)).toEqual(objection);
  });

  test('a body that is no stream may be one line, up to 4 MiB', () => {
    expect(measure('x'.repeat(4 * KIB * KIB), 64 * KIB, false)).toBeNull();
    expect(measure('x'.repeat(4 * KIB * KIB + 1), 64 * KIB, false)).toBe(4 * KIB * KIB);
  });

  test('the pieces in which it comes make no difference', () => {
    const text = fc.string({ unit: fc.constantFrom('x', '\n', '\r', '\r\n', 'x'.repeat(40 * KIB)), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5_000 }), (stream, pieceBytes) => {
        expect(measure(stream, pieceBytes) === null).toBe(measure(stream, Number.POSITIVE_INFINITY) === null);
      }),
    );
  });
});
