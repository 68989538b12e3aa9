import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { createEgress, type Verdict } from './egress.js';
import { DEFAULT_PORTS } from './policy.js';

/** A line of input. `policy` and `redirect` are what the corpus of addresses adds. */
const Question = Type.Object({
  url: Type.String(),
  dns: Type.Optional(
    Type.Array(
      Type.Object({ A: Type.Optional(Type.Array(Type.String())), AAAA: Type.Optional(Type.Array(Type.String())) }),
    ),
  ),
  policy: Type.Optional(Type.Object({ allowHttp: Type.Optional(Type.Boolean()) })),
  redirect: Type.Optional(Type.Object({ status: Type.Integer() })),
});

/** Judges one endpoint address under the default policy, without connecting anywhere. */
export function judgeLine(line: string): Verdict & { url: string | null } {
  const question = parse(line);
  if (!Value.Check(Question, question)) return { url: null, verdict: 'block', reason: 'not-a-question' };
  const { url, dns, policy, redirect } = question;
  const verdict = guard(policy?.allowHttp ?? false).judge(url, dns);
  const isRedirected = verdict.verdict === 'allow' && redirect !== undefined;
  return isRedirected ? { url, verdict: 'block', reason: 'redirect_refused' } : { url, ...verdict };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

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
const guards = { https: createGuard(false), http: createGuard(true) };
const guard = (allowPlainHttp: boolean) => (allowPlainHttp ? guards.http : guards.https);
