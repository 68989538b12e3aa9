import { bundleApi } from '../scripts/bundle-api.mjs';
import { makeInitialData } from './initial-data.js';
import { SERVER_BUNDLE } from './server-process.js';

/** Before the tests: a process of the server starts in a third of the time from a bundle and a database that is there. */
export default async function bundle(): Promise<void> {
  await Promise.all([bundleApi(SERVER_BUNDLE), makeInitialData()]);
}
