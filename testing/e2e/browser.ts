import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** The browser that all files share: closing it closes what was opened by this file. */
export const openBrowser = (): Promise<Browser> => chromium.connect(inject('browserSocket'));
