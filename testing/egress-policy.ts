import { DEFAULT_PORTS, type EgressPolicy } from '../api/egress/policy.js';

/** A policy for tests: strict, and generous in calls. */
export const egressPolicy = (over: Partial<EgressPolicy> = {}): EgressPolicy => ({
  allowPlainHttp: false,
  ports: DEFAULT_PORTS,
  ownHosts: [],
  deny: [],
  exempt: [],
  callsPerMinutePerTarget: 10_000,
  userAgent: 'AtlasDemo/test (+https://demo.example.org)',
  ...over,
});
