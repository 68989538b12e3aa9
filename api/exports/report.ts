import type { Run } from '../contract/row.js';
import type { Model, Suite } from '../contract/session.js';
import { type RunSummary, summarise } from '../results/summary.js';

/** A run and whose it is, as the exports are handed it. */
export interface ExportSource {
  session: { sessionId: string; expiresAt: string; model: Model };
  run: Run;
}

/** One report, which four writers render: everything is computed here, and no writer reads anything else. */
export interface Report {
  session: ExportSource['session'];
  run: Omit<Run, 'results'>;
  /** In the order of their numbers. */
  rows: Run['results'];
  summary: RunSummary;
  suiteName: string;
  /** Host and port, without a path. */
  endpointHost: string;
  durationMs: number | null;
  /** For a run that is not over: how far it is. */
  partial: string | null;
  /** What a reader must know to read the figures rightly. */
  caveats: string[];
  /** ISO 8601, UTC. */
  exportedAt: string;
}

/** Below this many rows the tail percentiles are nearly the maximum. */
const SMALL_SAMPLE = 30;

export function buildReport({ session, run }: ExportSource, suites: readonly Suite[], now: Date): Report {
  const { results, ...facts } = run;
  const rows = [...results].sort((a, b) => a.number - b.number);
  const summary = summarise(rows);
  return {
    session,
    run: facts,
    rows,
    summary,
    suiteName: suites.find((suite) => suite.id === run.suiteId)?.name ?? run.suiteId ?? 'Own prompts',
    endpointHost: hostOf(session.model.endpointUrl),
    durationMs: durationOf(run),
    partial: isOver(run) ? null : `This run is still going: ${rows.length} of ${run.total} prompts are in this file.`,
    caveats: caveatsOf(run, summary),
    exportedAt: now.toISOString(),
  };
}

export function isOver(run: Pick<Run, 'status'>): boolean {
  return run.status !== 'queued' && run.status !== 'running';
}

function hostOf(endpointUrl: string): string {
  return URL.canParse(endpointUrl) ? new URL(endpointUrl).host : endpointUrl;
}

function durationOf({ startedAt, finishedAt }: Run): number | null {
  return startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
}

function caveatsOf(run: Run, { metrics, counts }: RunSummary): string[] {
  const caveats: string[] = [];
  const { n } = metrics.latencyMs;
  if (run.concurrency > 1 && n > 0) {
    caveats.push(
      `Up to ${run.concurrency} prompts ran at a time: where the endpoint queues them, that time is in the latency.`,
    );
  }
  if (n > 0 && n < SMALL_SAMPLE) {
    caveats.push(`With ${n} answers, p95 and p99 are nearly the maximum. Percentiles interpolate between ranks.`);
  }
  if (counts.timeout > 0) caveats.push(`${counts.timeout} timed out: they are counted, but are in no latency figure.`);
  if (metrics.outputTokens.n < counts.ok) {
    caveats.push(`The endpoint reported no tokens for ${counts.ok - metrics.outputTokens.n} of ${counts.ok} answers.`);
  }
  return caveats;
}
