import { EgressError } from './errors.js';

/**
 * The deadline of a call and its caller's wish to stop, as one signal. `reached` rejects at once, where undici would
 * still be waiting for a handshake; `lift` ends the watch.
 */
export function startTimeLimit(timeoutMs: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const cancel = () => controller.abort(new EgressError('cancelled'));
  const timer = setTimeout(() => controller.abort(new EgressError('deadline')), timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  const reached = new Promise<never>((_, reject) => {
    if (controller.signal.aborted) reject(controller.signal.reason);
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  reached.catch(() => {});
  return {
    signal: controller.signal,
    reached,
    lift: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}
