import type { RunEvent } from '../../api/contract/socket.js';
import type { ApiClient } from '../api-client.js';
import type { Transport } from './transport.js';

/** Follows a run over server-sent events, read with fetch: EventSource cannot send the token. */
export function streamTransport(api: ApiClient, runId: string): Transport {
  return async ({ after, signal, onOpen, onUpdate }) => {
    const response = await api.runEvents(runId, after, signal);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    onOpen();
    let buffer = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (buffer + value).split(/\r?\n\r?\n/);
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) onUpdate({ type: 'event', event });
      }
    }
  };
}

/** One server-sent event; null for a comment that only keeps the connection open. */
function parseEvent(block: string): RunEvent | null {
  const data = block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).replace(/^ /, ''));
  return data.length > 0 ? (JSON.parse(data.join('\n')) as RunEvent) : null;
}
