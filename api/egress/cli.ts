import { createInterface } from 'node:readline';
import { createEgress, type DnsAnswer, type Verdict } from './egress.js';
import { DEFAULT_PORTS } from './policy.js';

/** A line of input. `policy` and `redirect` are what the corpus of addresses adds. */
interface Question {
  url: string;
  dns?: DnsAnswer[];
  policy?: { allowHttp?: boolean };
  redirect?: { status: number; location: string };
}

const guards = new Map([false, true].map((allowPlainHttp) => [allowPlainHttp, createGuard(allowPlainHttp)]));

function createGuard(allowPlainHttp: boolean) {
  return createEgress({
    policy: {
      allowPlainHttp,
      ports: DEFAULT_PORTS,
      ownHosts: [],
      deny: [],
      exempt: [],
      callsPerMinutePerTarget: 0,
      userAgent: '',
    },
  });
}

export function judgeLine(line: string): { url: string } & Verdict {
  const { url, dns, policy, redirect }: Question = JSON.parse(line);
  const verdict = guards.get(policy?.allowHttp === true)!.judge(url, dns);
  if (verdict.verdict === 'allow' && redirect !== undefined) {
    return { url, verdict: 'block', reason: 'redirect_refused' };
  }
  return { url, ...verdict };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') console.log(JSON.stringify(judgeLine(line)));
  }
}
