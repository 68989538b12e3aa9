import { createInterface } from 'node:readline';
import { judgeLine } from './judge-line.js';

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== '') console.log(JSON.stringify(judgeLine(line)));
}
