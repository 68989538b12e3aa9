import { platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { drawReport } from './pdf/report-document.js';
import type { Report } from './report.js';

/** Requests get three times as much of a processor. Much less would stop the drawing wherever others are busy. */
const NICENESS = 5;
// On Linux this is the thread's own priority, elsewhere the whole server's.
if (platform() === 'linux') setPriority(NICENESS);

const pdf = await drawReport(workerData as Report);
parentPort!.postMessage(pdf);
