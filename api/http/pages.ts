import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import fastifyStatic from '@fastify/static';
import { pathFromRoot } from '../root.js';
import type { App } from './app-type.js';
import { pagePolicy } from './security-headers.js';

/** Chunks carry a hash of their content in their name, so a name never means other bytes. */
const HASHED = /[\\/]chunks[\\/]/;

/** What the build has put beside each file for @fastify/static to choose from; nothing of its own. */
const COMPRESSED = /\.(br|gz)$/;

/** The widget's script for every page in the world, and our own pages that show it live. */
export async function pageRoutes(app: App, { publicUrl }: { publicUrl: string }): Promise<void> {
  // The first one: sendFile() takes its folder and its headers.
  await serve(app, 'examples', '/examples/', () => ({
    'Content-Security-Policy': pagePolicy(publicUrl),
    'Cache-Control': 'no-cache',
  }));
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'));
  await serve(app, 'dist/examples', '/examples/apps/', () => ({ 'Cache-Control': 'no-cache' }));
  await serve(app, 'dist/widget', '/widget/', (path) => ({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    ...sourceMap(path),
  }));
}

/** Said here rather than in each script, where it would weigh. */
function sourceMap(path: string): Record<string, string> {
  const name = basename(path).replace(COMPRESSED, '');
  return name.endsWith('.js') ? { SourceMap: `${name}.map` } : {};
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
    // Files alone. Answers of the API stay as they are: beside text that a visitor chooses, the size of a compressed answer
    // would tell of the secrets in it (BREACH).
    preCompressed: true,
    allowedPath: (path) => !COMPRESSED.test(path),
    setHeaders(reply, path) {
      reply.headers(headersOf(path));
    },
  });
}
