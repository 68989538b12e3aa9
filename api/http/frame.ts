import type { App } from './app-type.js';
import type { AllowedOrigins } from './origins.js';
import { framePolicy } from './security-headers.js';

/** Holds nothing but the script: what to show comes from the page around it. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>FineTuneLab Atlas Demo</title>
    <script type="module" src="widget/ftl-atlas-frame.js"></script>
  </head>
  <body></body>
</html>
`;

const NOT_ALLOWED = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/**
 * The page that an `isolated` element shows in its frame. Only pages of the allowed origins may have it in a frame; for
 * old browsers X-Frame-Options would contradict that, because it knows no list.
 */
export async function frameRoutes(
  app: App,
  { allowedOrigins, publicUrl }: { allowedOrigins: AllowedOrigins; publicUrl: string },
): Promise<void> {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': framePolicy(publicUrl, allowedOrigins === '*' ? ['*'] : [...allowedOrigins]),
    'Permissions-Policy': ['clipboard-write=(self)', ...NOT_ALLOWED.map((name) => `${name}=()`)].join(', '),
    // Pages that are cross-origin isolated frame only what says that it may be framed, and is isolated too.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cache-Control': 'no-cache',
  };
  app.get('/frame', { schema: { hide: true } }, (_request, reply) => {
    reply.removeHeader('X-Frame-Options').headers(headers).send(PAGE);
  });
}
