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

/** For our own pages: everything from this server, nothing inline. `socketOrigin` is ours with ws or wss. */
export function pagePolicy(socketOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
