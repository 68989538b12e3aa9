import { normalizeIP } from '@fastify/rate-limit';

const WITH_PORT = /^(?:\[(?<v6>[^\]]+)\](?::\d+)?|(?<v4>\d+(?:\.\d+){3}):\d+)$/;

/**
 * One name for one visitor: IPv4 as it is, also where it comes mapped into IPv6; IPv6 to its /64. Some proxies forward
 * the client's port with its address; a new one for each connection must not make a new visitor.
 */
export function normaliseAddress(address: string): string {
  const { v4, v6 } = WITH_PORT.exec(address)?.groups ?? {};
  return normalizeIP(v4 ?? v6 ?? address);
}
