import { CONNECTION_FAULTS, FAULTS, start } from './vendor/faulty-upstream.mjs';

/** One request as the upstream saw it. */
export interface UpstreamRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  json?: { model?: string; [field: string]: unknown };
  fault: string;
}

/** An OpenAI-compatible endpoint that shows any fault it is asked for; see the head of vendor/faulty-upstream.mjs. */
export interface FaultyUpstream {
  /** The base address whose every request shows this fault; without one, the model id `fault:<name>` chooses. */
  base(fault?: string): string;
  tlsBase(fault?: string, name?: string): string;
  ports: Record<string, number>;
  /** The certificate authority of its good certificates. */
  ca: string;
  log: UpstreamRequest[];
  count(fault: string): number;
  /** Faults whose connection we closed before the upstream had finished. */
  aborted: string[];
  /** Requests being answered now. */
  live: number;
  sockets: Set<unknown>;
  reset(): void;
  close(): Promise<void>;
}

export const startFaultyUpstream = start as unknown as () => Promise<FaultyUpstream>;
export const faultNames: readonly string[] = [...Object.keys(FAULTS), ...Object.keys(CONNECTION_FAULTS)];
