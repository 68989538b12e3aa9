// Loaded into a server (`node --import`): appends to STALL_LOG, one line each, how long its event loop stood still, in
// milliseconds. It counts the main thread's own time on the processor where the system tells it (Linux): what others on
// the machine take is no stall of ours.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const TICK_MS = 5;
const WORTH_A_LINE_MS = 10;
const OWN_TIME = '/proc/thread-self/schedstat';

const now = existsSync(OWN_TIME)
  ? () => Number(readFileSync(OWN_TIME, 'utf8').split(' ')[0]) / 1e6
  : () => performance.now();

let before = now();
setInterval(() => {
  const stallMs = now() - before;
  if (stallMs >= WORTH_A_LINE_MS) appendFileSync(process.env.STALL_LOG, `${stallMs.toFixed(1)}\n`);
  before = now();
}, TICK_MS).unref();
