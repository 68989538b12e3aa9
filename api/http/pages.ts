import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import { pathFromRoot } from '../root.js';
import type { App } from './app-type.js';
import { pagePolicy } from './security-headers.js';

/** Chunks carry a hash of their content in their name, so a name never means other bytes. */
const HASHED = /[\\/]chunks[\\/]/;

/** The widget's script for every page in the world, and our own pages that show it live. */
export async function pageRoutes(app: App, { publicUrl }: { publicUrl: string }): Promise<void> {
  await serve(app, 'dist/widget', '/widget/', (path) => ({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
  }));
  const pageHeaders = { 'Content-Security-Policy': pagePolicy(publicUrl), 'Cache-Control': 'no-cache' };
  await serve(app, 'examples', '/examples/', () => pageHeaders);
  await serve(app, 'dist/examples', '/examples/apps/', () => ({ 'Cache-Control': 'no-cache' }));
  app.get('/', { schema: { hide: true } }, (_request, reply) => {
    reply.headers(pageHeaders);
    return reply.sendFile('index.html', pathFromRoot('examples'));
  });
}

async function serve(
  app: App,
  folder: string,
  prefix: string,
  headersOf: (path: string) => Record<string, string>,
): Promise<void> {
  const root = pathFromRoot(folder);
  if (!existsSync(root)) {
    app.log.warn(`${prefix} is not served: ${folder} has not been built`);
    return;
  }
  await app.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: !app.hasReplyDecorator('sendFile'),
    schemaHide: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.headers(headersOf(path));
    },
  });
}
