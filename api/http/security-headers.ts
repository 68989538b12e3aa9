import helmet from '@fastify/helmet';
import { isApiRequest } from './api-request.js';
import type { App } from './app-type.js';

/** Headers for answers that no page shows; what serves pages sets a policy of its own. */
export async function setSecurityHeaders(app: App, publicUrl: string): Promise<void> {
  await app.register(helmet, {
    xFrameOptions: { action: 'deny' },
    hsts: publicUrl.startsWith('https:') && { includeSubDomains: false },
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (isApiRequest(request)) reply.header('Cache-Control', 'no-store');
  });
}

/** For our own pages: everything from this server, nothing inline. */
export const pagePolicy = (publicUrl: string): string =>
  policy(publicUrl, ["style-src 'self'", "img-src 'self' data:", "font-src 'self'", "frame-src 'self'"], ["'none'"]);

/** For the page in an element's frame: no more than its script and the API, and only within pages of these origins. */
export const framePolicy = (publicUrl: string, ancestors: readonly string[]): string =>
  policy(publicUrl, ["require-trusted-types-for 'script'", 'trusted-types ftlAtlas'], ancestors);

function policy(publicUrl: string, directives: readonly string[], ancestors: readonly string[]): string {
  const socketOrigin = new URL(publicUrl).origin.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src 'self' ${socketOrigin}`,
    ...directives,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');
}
