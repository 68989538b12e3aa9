import { Worker } from 'node:worker_threads';
import { ProblemError } from '../http/problem.js';
import type { Report } from './report.js';

/** A usual report takes one or two seconds; on a machine with ten other things to do, ten. */
const DEADLINE_MS = 30_000;
const HEAP_MB = 512;
/** Reports in the making at a time; each has a thread and up to `HEAP_MB` of its own. */
const AT_ONCE = 3;

let inTheMaking = 0;

/**
 * Draws the report in a thread of its own, so that no text can stall the server.
 * @throws ProblemError `busy` where too many are drawn at once, or this one takes too long.
 */
export async function toPdf(report: Report, deadlineMs = DEADLINE_MS): Promise<Buffer> {
  if (inTheMaking >= AT_ONCE) throw new ProblemError('busy', 'Several reports are being made. Try again in a moment.');
  inTheMaking += 1;
  try {
    return await drawInThread(report, deadlineMs);
  } finally {
    inTheMaking -= 1;
  }
}

async function drawInThread(report: Report, deadlineMs: number): Promise<Buffer> {
  const worker = startWorker(report);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(new ProblemError('busy', TOO_LONG)), deadlineMs);
      worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The PDF thread ended early (exit code ${code}).`)));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
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

const TOO_LONG = 'The report took too long to draw. The other formats hold the same results; try one of them.';
