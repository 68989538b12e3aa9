import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registry, multicast and class E; and public space that reaches a cloud's own services. */
const DENIED_IPV4 = {
  'this-network': ['0.0.0.0/8'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  'carrier-grade-nat': ['100.64.0.0/10'],
  loopback: ['127.0.0.0/8'],
  'azure-wireserver': ['168.63.129.16/32'],
  'link-local': ['169.254.0.0/16'],
  'ietf-protocol': ['192.0.0.0/24'],
  documentation: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  as112: ['192.31.196.0/24', '192.175.48.0/24'],
  amt: ['192.52.193.0/24'],
  '6to4-relay': ['192.88.99.0/24'],
  benchmarking: ['198.18.0.0/15'],
  multicast: ['224.0.0.0/4'],
  reserved: ['240.0.0.0/4'],
};

/**
 * IPv6 is denied by default: only 2000::/3 is handed out for global unicast, so loopback, mapped, translated, NAT64,
 * unique local, link-local and multicast addresses need no row. These are the special blocks within it.
 */
const GLOBAL_UNICAST_IPV6 = '2000::/3';
const DENIED_IPV6 = {
  'ietf-protocol': ['2001::/23'],
  documentation: ['2001:db8::/32', '3fff::/20'],
  '6to4': ['2002::/16'],
  as112: ['2620:4f:8000::/48'],
  '6bone': ['3ffe::/16'],
};

type Family = 'ipv4' | 'ipv6';
interface NamedRange {
  name: string;
  family: Family;
  list: BlockList;
}

function namedRange(name: string, cidrs: readonly string[], family: Family): NamedRange {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  return { name, family, list };
}

const SPECIAL_RANGES = [
  ...Object.entries(DENIED_IPV4).map(([name, cidrs]) => namedRange(name, cidrs, 'ipv4')),
  ...Object.entries(DENIED_IPV6).map(([name, cidrs]) => namedRange(name, cidrs, 'ipv6')),
];
const globalUnicast = namedRange('global-unicast', [GLOBAL_UNICAST_IPV6], 'ipv6');

/** null: this address may be dialled. Otherwise the name of the range that forbids it. */
export type ClassifyAddress = (address: string) => string | null;

/** `deny`: addresses and CIDRs, on top of the special ranges. */
export function createAddressPolicy(deny: readonly string[] = []): ClassifyAddress {
  const isIPv6 = (cidr: string) => cidr.includes(':');
  const denied = [
    ...SPECIAL_RANGES,
    namedRange(
      'operator-deny',
      deny.filter((cidr) => !isIPv6(cidr)),
      'ipv4',
    ),
    namedRange('operator-deny', deny.filter(isIPv6), 'ipv6'),
  ];
  return (address) => {
    const version = isIP(address);
    if (version === 0 || address.includes('%')) return 'not-an-address';
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (family === 'ipv6' && !globalUnicast.list.check(address, family)) return 'not-global-unicast';
    return denied.find((range) => range.family === family && range.list.check(address, family))?.name ?? null;
  };
}
