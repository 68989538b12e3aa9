import { Worker } from 'node:worker_threads';
import { ProblemError } from '../http/problem.js';
import { Line, LineFull } from './line.js';
import type { Report } from './report.js';

/** A usual report takes one or two seconds, the largest three; where other programs keep the processors busy, ten times that. */
const DEADLINE_MS = 30_000;
const HEAP_MB = 512;
/** At a time one thread each, with up to `HEAP_MB` of its own; the others wait, one a session: see the route. */
const line = new Line({ atOnce: 3, mostWaiting: 30 });
const MAX_WAIT_MS = 60_000;

export interface PdfOptions {
  /** Ends the waiting and the drawing: nobody wants the report any more. */
  signal?: AbortSignal;
  deadlineMs?: number;
}

/**
 * Draws the report in a thread of its own, so that no text can stall the server.
 * @throws ProblemError `busy` where too many wait to be drawn, or this one takes too long.
 */
export async function toPdf(report: Report, options: PdfOptions = {}): Promise<Buffer> {
  const { signal = new AbortController().signal, deadlineMs = DEADLINE_MS } = options;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(MAX_WAIT_MS)]);
  try {
    return await line.run(() => drawInThread(report, deadlineMs, signal), patience);
  } catch (error) {
    const hadNoTurn = error instanceof LineFull || error === patience.reason;
    throw hadNoTurn ? new ProblemError('busy', NO_TURN, COME_AGAIN) : error;
  }
}

async function drawInThread(report: Report, deadlineMs: number, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted();
  const worker = startWorker(report);
  const drawn = new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The PDF thread ended early (exit code ${code}).`)));
  });
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new ProblemError('busy', TOO_LONG, COME_AGAIN)), deadlineMs);
  try {
    return await Promise.race([drawn, aborted(AbortSignal.any([signal, deadline.signal]))]);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** The bundle has the thread's program beside itself; among the sources it is TypeScript, and wants a loader. */
function startWorker(report: Report): Worker {
  const fromSource = import.meta.url.endsWith('.ts');
  const program = new URL(fromSource ? './pdf-worker-from-source.mjs' : './pdf-worker.js', import.meta.url);
  return new Worker(program, {
    workerData: report,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}

const COME_AGAIN = { retryAfterSeconds: 10 };
const NO_TURN = 'Many reports are being made. Try again in a moment.';
const TOO_LONG = 'The report took too long to draw. Try again in a moment; the other formats hold the same results.';
