import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressPolicy } from './addresses.js';

const RANDOM_ADDRESSES = 5_000;
const classify = createAddressPolicy();

/** The same policy a second time, written differently: masks over plain numbers, no parser and no list in common. */
const isPublicIpv4 = (n: number): boolean => {
  const within = (network: number, bits: number) => n >>> (32 - bits) === network >>> (32 - bits);
  const at = (a: number, b: number, c: number, d = 0) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const denied =
    within(at(0, 0, 0), 8) ||
    within(at(10, 0, 0), 8) ||
    within(at(100, 64, 0), 10) ||
    within(at(127, 0, 0), 8) ||
    n === at(168, 63, 129, 16) ||
    within(at(169, 254, 0), 16) ||
    within(at(172, 16, 0), 12) ||
    [at(192, 0, 0), at(192, 0, 2), at(192, 31, 196), at(192, 52, 193), at(192, 88, 99), at(192, 175, 48)].some((net) =>
      within(net, 24),
    ) ||
    within(at(192, 168, 0), 16) ||
    within(at(198, 18, 0), 15) ||
    within(at(198, 51, 100), 24) ||
    within(at(203, 0, 113), 24) ||
    n >= at(224, 0, 0);
  return !denied;
};

const isPublicIpv6 = (groups: readonly number[]): boolean => {
  const [first = 0, second = 0, third = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return false;
  if (first === 0x2001 && (second < 0x200 || second === 0xdb8)) return false;
  if (first === 0x2002 || first === 0x3ffe) return false;
  if (first === 0x3fff && second < 0x1000) return false;
  return !(first === 0x2620 && second === 0x4f && third === 0x8000);
};

const dotted = (n: number) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');
const hex = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');

const EDGES_V4 = ['0.0.0.0', '10.0.0.0', '100.64.0.0', '127.0.0.0', '168.63.129.16', '169.254.0.0', '172.16.0.0']
  .concat(['192.0.0.0', '192.0.2.0', '192.168.0.0', '198.18.0.0', '198.51.100.0', '203.0.113.0', '224.0.0.0'])
  .map((text) => text.split('.').reduce((n, part) => n * 256 + Number(part), 0));
const ipv4 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.tuple(fc.constantFrom(...EDGES_V4), fc.integer({ min: -70_000, max: 70_000 })).map(([n, off]) => (n + off) >>> 0),
);
const group = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 1, 0xdb8, 0x200, 0x1ff, 0xffff));
const firstGroup = fc.oneof(
  group,
  fc.constantFrom(0x2000, 0x2001, 0x2002, 0x2620, 0x3ffe, 0x3fff, 0x64, 0xfe80, 0xfd00),
);
const ipv6 = fc.tuple(
  firstGroup,
  fc.oneof(group, fc.constantFrom(0x4f, 0xff9b, 0x1000, 0xfff)),
  fc.oneof(group, fc.constantFrom(0x8000, 0x7fff)),
  ...Array.from({ length: 5 }, () => group),
);

describe('which addresses may be dialled', () => {
  test('IPv4 agrees with an independent implementation', ({ task }) => {
    task.meta.figures = { tried: RANDOM_ADDRESSES };
    fc.assert(
      fc.property(ipv4, (n) => {
        expect(classify(dotted(n)) === null, dotted(n)).toBe(isPublicIpv4(n));
      }),
      { numRuns: RANDOM_ADDRESSES },
    );
  });

  test('IPv6 agrees with an independent implementation', ({ task }) => {
    task.meta.figures = { tried: RANDOM_ADDRESSES };
    fc.assert(
      fc.property(ipv6, (groups) => {
        expect(classify(hex(groups)) === null, hex(groups)).toBe(isPublicIpv6(groups));
      }),
      { numRuns: RANDOM_ADDRESSES },
    );
  });

  test('an IPv4 address inside IPv6 is never public', () => {
    const prefixes = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', 'fe80::5efe:'];
    fc.assert(
      fc.property(fc.constantFrom(...prefixes), ipv4, (prefix, n) => {
        expect(classify(prefix + dotted(n))).not.toBeNull();
      }),
    );
  });

  test('what is no address is refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(classify(`x${text}`)).toBe('not-an-address');
      }),
    );
    expect(classify('fe80::1%lo')).toBe('not-an-address');
    expect(classify('2606:4700::1%eth0')).toBe('not-an-address');
  });

  test('the operator can deny more', () => {
    const stricter = createAddressPolicy(['8.8.8.0/24', '1.1.1.1', '2606:4700::/32', '2a00::1']);
    expect(['8.8.8.9', '1.1.1.1', '2606:4700::5', '2a00::1'].map(stricter)).toEqual(Array(4).fill('operator-deny'));
    expect(['8.8.4.4', '1.1.1.2', '2607::5', '2a00::2'].map(stricter)).toEqual(Array(4).fill(null));
  });
});
