import { EgressError } from './errors.js';

/** Above anything that 4,096 tokens can need, reasoning and padding included; below what could hurt us. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_EVENT_BYTES = 256 * 1024;
const MAX_LINES = 200_000;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Refuses a length that is announced, before anything is read. */
export function checkAnnouncedLength(contentLength: string | null): void {
  if (Number(contentLength) > MAX_BODY_BYTES) throw new EgressError('response_too_large', { reason: 'length' });
}

/**
 * Counts what comes in, byte by byte and once: the whole, the bytes since the last blank line (an event) and the
 * lines. A line is never longer than its event.
 */
export function createMeter(isEventStream: boolean): (chunk: Uint8Array) => void {
  let bodyBytes = 0;
  let eventBytes = 0;
  let lineBytes = 0;
  let lines = 0;
  let previous = 0;

  const countLines = (chunk: Uint8Array) => {
    for (const byte of chunk) {
      const isSecondHalf = byte === LINE_FEED && previous === CARRIAGE_RETURN;
      previous = byte;
      if (isSecondHalf) continue;
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
        lineBytes += 1;
        eventBytes += 1;
        if (eventBytes > MAX_EVENT_BYTES) throw new EgressError('response_too_large', { reason: 'event' });
        continue;
      }
      if (lineBytes === 0) eventBytes = 0;
      lineBytes = 0;
      lines += 1;
      if (lines > MAX_LINES) throw new EgressError('response_too_large', { reason: 'lines' });
    }
  };

  return (chunk) => {
    bodyBytes += chunk.byteLength;
    if (bodyBytes > MAX_BODY_BYTES) throw new EgressError('response_too_large', { reason: 'body' });
    if (isEventStream) countLines(chunk);
  };
}
