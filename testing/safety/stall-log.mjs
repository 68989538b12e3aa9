// Loaded into a server (`node --import`): writes each stall of its event loop to STALL_LOG, in milliseconds, one a line.
import { appendFileSync } from 'node:fs';
import { watchStalls } from '../stalls.mjs';

const WORTH_A_LINE_MS = 5;

watchStalls((ms) => {
  if (ms >= WORTH_A_LINE_MS) appendFileSync(process.env.STALL_LOG, `${ms.toFixed(1)}\n`);
});
