import type { FastifyRequest } from 'fastify';
import { API_PREFIX } from '../contract/limits.js';

/**
 * Whether a request is one to the API. The route decides, because it is found by the decoded address: `/%61pi/…` leads to
 * the same place. Where no route was found, and for a preflight, only the address is left.
 */
export function isApiRequest({ routeOptions, url }: FastifyRequest): boolean {
  const route = routeOptions.url === '*' ? undefined : routeOptions.url;
  return (route ?? url).startsWith(API_PREFIX);
}
