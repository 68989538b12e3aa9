import { readFileSync } from 'node:fs';

/** Whether a crash of this process leaves its memory in a file. Linux alone says so; elsewhere it is taken for no. */
export function leavesCoreDumps(): boolean {
  if (process.platform !== 'linux') return false;
  const limits = readFileSync('/proc/self/limits', 'utf8');
  return !/^Max core file size +0 /m.test(limits);
}
