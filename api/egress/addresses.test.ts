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

/** Which second groups each first group has been handed out with: 2001 in pieces, most others whole. */
const isAllocatedIpv6 = (first: number, second: number): boolean => {
  const between = (from: number, to: number) => second >= from && second <= to;
  if (first === 0x2001) {
    return between(0x200, 0xfff) || between(0x1200, 0x4dff) || between(0x5000, 0x5fff) || between(0x8000, 0xbfff);
  }
  if (first === 0x2003) return second < 0x4000;
  if (first === 0x2610 || first === 0x2620) return second < 0x200;
  const sixteens = [0x240, 0x241, 0x260, 0x263, 0x280, 0x2a0, 0x2a1, 0x2c0];
  return sixteens.includes(first >>> 4);
};

const isPublicIpv6 = (groups: readonly number[]): boolean => {
  const [first = 0, second = 0, third = 0, , fifth, sixth] = groups;
  if (!isAllocatedIpv6(first, second)) return false;
  if (first === 0x2001 && second === 0xdb8) return false;
  if (sixth === 0x5efe && (fifth === 0 || fifth === 0x200)) return false;
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
/** The first and the last of what is handed out, of what is special, and their neighbours. */
const EDGES_V6 = [0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x23ff, 0x2400, 0x241f, 0x2420, 0x25ff, 0x2600, 0x260f]
  .concat([0x2610, 0x2611, 0x2620, 0x262f, 0x2630, 0x263f, 0x2640, 0x27ff, 0x2800, 0x280f, 0x2810, 0x29ff, 0x2a00])
  .concat([
    0x2a1f, 0x2a20, 0x2bff, 0x2c00, 0x2c0f, 0x2c10, 0x2d00, 0x3ffe, 0x3fff, 0x4000, 0x64, 0x5f00, 0xfe80, 0xfd00,
  ]);
const SECOND_EDGES = [
  0x1ff, 0xfff, 0x1000, 0x11ff, 0x1200, 0x3fff, 0x4000, 0x4dff, 0x4e00, 0x4fff, 0x5000, 0x5fff,
].concat([0x6000, 0x7fff, 0x8000, 0xbfff, 0xc000, 0x4f, 0xff9b]);
const ipv6 = fc.tuple(
  fc.oneof(group, fc.constantFrom(...EDGES_V6), fc.constantFrom(0x2001, 0x2620)),
  fc.oneof(group, fc.constantFrom(...SECOND_EDGES)),
  fc.oneof(group, fc.constantFrom(0x8000, 0x7fff)),
  group,
  fc.oneof(group, fc.constantFrom(0, 0x200)),
  fc.oneof(group, fc.constantFrom(0x5efe, 0x5eff)),
  group,
  group,
);

/** Every way to write an address: groups, zeros left out, a dotted ending, capitals, leading zeros. */
const spellings = (groups: readonly number[]): string[] => {
  const plain = hex(groups);
  const last = (((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0;
  const padded = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
  const shortened = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  return [plain, `${hex(groups.slice(0, 6))}:${dotted(last)}`, plain.toUpperCase(), padded, shortened];
};

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
        for (const address of spellings(groups)) {
          expect(classify(address) === null, address).toBe(isPublicIpv6(groups));
        }
      }),
      { numRuns: RANDOM_ADDRESSES },
    );
  });

  test('an IPv4 address inside IPv6 is never dialled, wherever it is put', () => {
    const prefixes = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '64:ff9b:1:7:8:9:', 'fe80::5efe:']
      .concat(['2001:0:4136:e378:8000:63bf:', '2002:a00:1::', '2a00:1450:4001:2:0:5efe:', '2606:4700::200:5efe:'])
      .concat(['2a00:1450:4001::5efe:']);
    fc.assert(
      fc.property(fc.constantFrom(...prefixes), ipv4, (prefix, n) => {
        expect(classify(prefix + dotted(n)), prefix + dotted(n)).not.toBeNull();
        const inFront = `2002:${hex([n >>> 16, n & 0xffff])}::1`;
        expect(classify(inFront), inFront).not.toBeNull();
      }),
    );
  });

  test.each([
    ['2000::1', 'not handed out yet'],
    ['2d00::1', 'reserved by IANA'],
    ['3000::1', 'reserved by IANA'],
    ['3fff:1000::1', 'behind the documentation block'],
    ['2004::1', 'between two registries'],
    ['5f00::1', 'segment routing'],
  ])('%s is not dialled: %s', (address) => expect(classify(address)).toBe('not-global-unicast'));

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

  test.each([
    ['::ffff:8.8.8.0/120', '8.8.8.200', '8.8.9.1'],
    ['::FFFF:808:808', '8.8.8.8', '8.8.8.9'],
    ['0:0:0:0:0:ffff:8.8.8.8', '8.8.8.8', '8.8.8.9'],
    ['::ffff:0:0/96', '8.8.8.8', '2606:4700::1'],
    ['::ffff:0:0/90', '8.8.8.8', '2606:4700::1'],
    ['8.8.8.8/24', '8.8.8.200', '8.8.9.1'],
    ['2606:4700:0:0:0:0:1.2.3.4/120', '2606:4700::102:3ff', '2606:4700::102:400'],
    ['2606:4700::99/32', '2606:4700:1::', '2606:4701::'],
  ])('the operator denies %s in any spelling', (entry, denied, allowed) => {
    const stricter = createAddressPolicy([entry]);
    expect([stricter(denied), stricter(allowed)]).toEqual(['operator-deny', null]);
  });
});
