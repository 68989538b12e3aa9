import { parentPort, workerData } from 'node:worker_threads';
import { drawReport } from './pdf/report-document.js';
import type { Report } from './report.js';

const pdf = await drawReport(workerData as Report);
parentPort!.postMessage(pdf);
