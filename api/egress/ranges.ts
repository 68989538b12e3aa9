/** IANA's special-purpose registry, multicast and class E; and public space that reaches a cloud's own services. */
export const DENIED_IPV4 = {
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
 * IPv6 is denied by default: what IANA has handed to the regional registries may be dialled (its registry of global
 * unicast assignments, neighbours joined), and nothing else. So loopback, unallocated space, unique local, link-local
 * and multicast addresses need no row; nor do IPv4-mapped, IPv4-compatible, translated, NAT64 (64:ff9b::/96,
 * 64:ff9b:1::/48), Teredo (2001::/32) and 6to4 (2002::/16) addresses, whatever IPv4 address they hold.
 */
export const ALLOCATED_IPV6 = [
  '2001:200::/23',
  '2001:400::/22',
  '2001:800::/21',
  '2001:1200::/23',
  '2001:1400::/22',
  '2001:1800::/21',
  '2001:2000::/19',
  '2001:4000::/21',
  '2001:4800::/22',
  '2001:4c00::/23',
  '2001:5000::/20',
  '2001:8000::/18',
  '2003::/18',
  '2400::/11',
  '2600::/12',
  '2610::/23',
  '2620::/23',
  '2630::/12',
  '2800::/12',
  '2a00::/11',
  '2c00::/12',
];

/** Special blocks within the allocated space. */
export const DENIED_IPV6 = {
  documentation: ['2001:db8::/32'],
  as112: ['2620:4f:8000::/48'],
};
