import type { Flag, SummarisedMetric } from '../results/summary.js';

/** What people read for the figures, the same in every file. */
export const METRIC_LABELS: Record<SummarisedMetric, { title: string; unit: string }> = {
  latencyMs: { title: 'Latency', unit: 'ms' },
  firstTokenMs: { title: 'Time to first token', unit: 'ms' },
  tokensPerSecond: { title: 'Tokens per second', unit: 'tokens/s' },
  inputTokens: { title: 'Input tokens', unit: 'tokens' },
  outputTokens: { title: 'Output tokens', unit: 'tokens' },
  totalTokens: { title: 'Total tokens', unit: 'tokens' },
  characters: { title: 'Response length', unit: 'characters' },
  words: { title: 'Response length', unit: 'words' },
};

/** Truncated and empty are facts; the others are guesses from the text, and say so. */
export const FLAG_LABELS: Record<Flag, string> = {
  truncated: 'Cut by the token limit',
  incomplete: 'Seems incomplete (heuristic)',
  asksFollowUp: 'Asks back (heuristic)',
  refusal: 'Refuses (heuristic)',
  empty: 'Empty',
};

/** 1–20 at most, so a list of them stays short. */
export function promptList(numbers: readonly number[]): string {
  return numbers.length === 0 ? '–' : numbers.map((number) => `#${number}`).join(', ');
}

/** "2026-01-15 10:00 UTC" */
export function dateTime(iso: string | null): string {
  return iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** "820 ms", "1.84 s", "2 min 5 s" */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** At most one decimal, thousands apart: "1,840", "81.3". */
export function figure(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
}
