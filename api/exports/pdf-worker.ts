import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { drawReport } from './pdf/report-document.js';
import type { Report } from './report.js';

// On Linux this is the thread's own priority: where processors are few, requests go first.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const pdf = await drawReport(workerData as Report);
parentPort!.postMessage(pdf);
