import { BlockList, isIP } from 'node:net';
import { ALLOCATED_IPV6, DENIED_IPV4, DENIED_IPV6 } from './ranges.js';

type Family = 'ipv4' | 'ipv6';
interface Subnet {
  address: string;
  prefix: number;
  family: Family;
}
interface NamedRange {
  name: string;
  list: BlockList;
}

/** null: this address may be dialled. Otherwise the name of the range that forbids it. */
export type ClassifyAddress = (address: string) => string | null;

const SPECIAL_RANGES = Object.entries(DENIED_IPV4)
  .concat(Object.entries(DENIED_IPV6))
  .map(([name, cidrs]) => namedRange(name, cidrs));
const allocatedIpv6 = namedRange('allocated', ALLOCATED_IPV6);

/** `deny`: addresses and CIDRs, on top of the special ranges. */
export function createAddressPolicy(deny: readonly string[] = []): ClassifyAddress {
  const denied = [...SPECIAL_RANGES, namedRange('operator-deny', deny)];
  return (address) => {
    const version = isIP(address);
    if (version === 0 || address.includes('%')) return 'not-an-address';
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (family === 'ipv6' && !allocatedIpv6.list.check(address, family)) return 'not-global-unicast';
    if (family === 'ipv6' && isIsatap(ipv6Groups(address))) return 'isatap';
    return denied.find(({ list }) => list.check(address, family))?.name ?? null;
  };
}

function namedRange(name: string, cidrs: readonly string[]): NamedRange {
  const list = new BlockList();
  for (const { address, prefix, family } of cidrs.map(toSubnet)) list.addSubnet(address, prefix, family);
  return { name, list };
}

/** An IPv4-mapped subnet, as logs write IPv4 addresses, is the IPv4 subnet that it means. */
function toSubnet(cidr: string): Subnet {
  const [address = '', bits] = cidr.split('/');
  if (isIP(address) === 4) return { address, prefix: Number(bits ?? 32), family: 'ipv4' };
  const prefix = Number(bits ?? 128);
  const groups = ipv6Groups(address);
  if (!isMapped(groups)) return { address, prefix, family: 'ipv6' };
  return { address: embeddedIpv4(groups), prefix: Math.max(prefix - 96, 0), family: 'ipv4' };
}

/** ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). */
function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

/** A network's own prefix with 0:5efe:a.b.c.d or 200:5efe:a.b.c.d (RFC 5214): a tunnel to that IPv4 address. */
function isIsatap(groups: readonly number[]): boolean {
  return (groups[4] === 0 || groups[4] === 0x200) && groups[5] === 0x5efe;
}

function embeddedIpv4(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

/** The eight groups of an IPv6 address, however it is spelt: the URL parser writes dotted endings in hexadecimal. */
function ipv6Groups(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = canonical
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}
