import type { App } from './app-type.js';

const FORWARDED_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

/** Behind a proxy that is not listed, all visitors have one address, and with it one place. Says so, once. */
export function warnOfUnlistedProxy(app: App): void {
  let warned = false;
  app.addHook('onRequest', async (request) => {
    if (warned || !FORWARDED_HEADERS.some((name) => name in request.headers)) return;
    warned = true;
    request.log.warn(
      'forwarded headers arrive but TRUST_PROXY is off: all visitors count as one address; list your proxies there',
    );
  });
}
