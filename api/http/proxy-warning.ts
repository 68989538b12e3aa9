import type { App } from './app-type.js';
import { cameThroughProxy, isPassedOn } from './this-machine.js';

/** Behind a proxy that is not listed, all visitors have one address, and with it one place. Says so, once. */
export function warnOfUnlistedProxy(app: App): void {
  let warned = false;
  app.addHook('onRequest', async (request) => {
    if (warned || !(cameThroughProxy(request) || isPassedOn(request))) return;
    warned = true;
    request.log.warn(
      'requests come through a proxy but TRUST_PROXY is off: all visitors count as one address; list your proxies there',
    );
  });
}
