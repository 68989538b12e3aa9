import { Worker } from 'node:worker_threads';

/** The faulty upstream on a thread of its own, so that a stalled event loop is ours. */
export interface RemoteUpstream {
  ports: Record<string, number>;
  ca: string;
  base(fault: string): string;
  /** Requests that reached it, by fault. */
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

const SCRIPT = `
  import { parentPort } from 'node:worker_threads';
  import { start, CONNECTION_FAULTS } from '${new URL('./vendor/faulty-upstream.mjs', import.meta.url).href}';
  const upstream = await start();
  const bases = Object.fromEntries(Object.keys(CONNECTION_FAULTS).map((fault) => [fault, upstream.base(fault)]));
  parentPort.postMessage({ ports: upstream.ports, ca: upstream.ca, bases });
`;

export async function startRemoteUpstream(): Promise<RemoteUpstream> {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`));
  const { ports, ca, bases } = await new Promise<{
    ports: Record<string, number>;
    ca: string;
    bases: Record<string, string>;
  }>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  const root = `http://127.0.0.1:${ports.http}`;
  return {
    ports,
    ca,
    base: (fault) => bases[fault] ?? `${root}/f/${encodeURIComponent(fault)}/v1`,
    counts: async () => {
      const reply = await fetch(`${root}/__log`);
      const { counts } = (await reply.json()) as { counts: Record<string, number> };
      return counts;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
