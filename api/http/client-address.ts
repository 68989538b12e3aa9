import { normalizeIP } from '@fastify/rate-limit';

/** One name for one visitor: IPv4 as it is, also where it comes mapped into IPv6; IPv6 to its /64. */
export function normaliseAddress(address: string): string {
  return normalizeIP(address);
}
