import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** What proxies add to a request that they pass on; each has its favourites. */
const PROXY_HEADER =
  /^(?:forwarded|via|(?:cf|fly|x-forwarded|x-original|x-envoy)-.+|(?:.+-)?(?:client|connecting|real|remote)-(?:ip|addr)|x-.*(?:ip|addr|host))$/;

export function cameThroughProxy({ headers }: FastifyRequest): boolean {
  return Object.keys(headers).some((name) => PROXY_HEADER.test(name));
}

/**
 * Whether somebody at this machine asks for this machine. A proxy here has a loopback address too, with strangers behind
 * it: so there must be no sign of one, and the request must not be for another name.
 */
export function isAtThisMachine(request: FastifyRequest): boolean {
  const { socket, headers } = request;
  return isLoopback(socket.remoteAddress ?? '') && isLoopbackHost(headers.host ?? '') && !cameThroughProxy(request);
}

/** Whether a request comes from this machine for another name: then a proxy has passed it on, whatever it adds. */
export function isPassedOn({ socket, headers }: FastifyRequest): boolean {
  return isLoopback(socket.remoteAddress ?? '') && !isLoopbackHost(headers.host ?? '');
}

/** `host` as in a URL or a Host header, with or without a port. */
function isLoopbackHost(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isLoopback(name);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function isLoopback(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
