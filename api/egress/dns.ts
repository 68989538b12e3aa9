import { Resolver } from 'node:dns/promises';
import type { ClassifyAddress } from './addresses.js';
import { EgressError } from './errors.js';

/** All A and AAAA records of a name, or an EgressError of type `dns`. */
export type Resolve = (host: string) => Promise<string[]>;

export interface ResolverOptions {
  /** The system's, where not given. */
  servers?: readonly string[];
  /** For the first of two tries at each server; the second waits longer. */
  timeoutMs?: number;
}

const MAX_ADDRESSES = 32;
const NO_SUCH_RECORD = new Set(['ENODATA', 'ENOTFOUND', 'ENONAME']);

/**
 * Asks the name servers themselves (c-ares): no hosts file, no search domains that would turn a public name into a
 * local one, and no thread of the pool held by a slow name server.
 */
export function createResolver({ servers, timeoutMs = 2_000 }: ResolverOptions = {}): Resolve {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return async (host) => {
    const lookups = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = lookups.flatMap((lookup) => (lookup.status === 'fulfilled' ? lookup.value : []));
    if (addresses.length > 0) return addresses;
    const failed = lookups.some((lookup) => lookup.status === 'rejected' && !NO_SUCH_RECORD.has(lookup.reason.code));
    throw new EgressError(failed ? 'dns_failed' : 'dns_not_found');
  };
}

/**
 * One bad answer refuses them all: a name that is partly private is an attack or a mistake, and never ours to try. It
 * is refused as a private address that is typed is; the rule that decided is for the operator.
 */
export function checkAddresses(addresses: readonly string[], classify: ClassifyAddress): void {
  if (addresses.length === 0) throw new EgressError('dns_not_found');
  if (addresses.length > MAX_ADDRESSES) throw new EgressError('address_denied', { reason: 'too-many-addresses' });
  for (const address of addresses) {
    const range = classify(address);
    if (range !== null) throw new EgressError('address_denied', { reason: range });
  }
}
