import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { browserLaunchOptions } from '../browser.mjs';
import { makeInitialData } from '../initial-data.js';
import { startApi } from './servers.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the shared browser is told what to do. */
    browserSocket: string;
    /** A server as it is without any setting. */
    apiUrl: string;
  }
}

/** Before the tests: what several files share, since each start takes seconds of a processor. */
export default async function share(project: TestProject): Promise<() => Promise<void>> {
  await makeInitialData();
  const [browser, api] = await Promise.all([
    browserLaunchOptions().then((options) => chromium.launchServer(options)),
    startApi({ LOG_LEVEL: 'warn' }),
  ]);
  project.provide('browserSocket', browser.wsEndpoint());
  project.provide('apiUrl', api.url);
  return async () => {
    await Promise.all([browser.close(), api.stop()]);
  };
}
