import { isFields } from './json.js';
import type { Redactor } from './redact.js';
import type { Upstream } from './upstream.js';

/** Some lists are slow, and none is needed: what has not come by then is left out. */
const PATIENCE_MS = 2_000;
const MAX_BYTES = 512 * 1024;
const MAX_MODELS = 500;
const MAX_ID = 200;

/** The ids that GET /models lists, in its order; empty where it has none or fails, which never matters. */
export async function listModels(upstream: Upstream, redact: Redactor, signal?: AbortSignal): Promise<string[]> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { reply } = await upstream.models(signal ? AbortSignal.any([signal, patience]) : patience);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of reply.body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) return [];
      chunks.push(chunk);
    }
    if (reply.status !== 200) return [];
    return idsIn(JSON.parse(Buffer.concat(chunks).toString('utf8'))).map((id) => redact.line(id, MAX_ID));
  } catch {
    return [];
  }
}

/** `{data: [{id}]}`, or the list bare. */
function idsIn(body: unknown): string[] {
  const list = isFields(body) ? (body.data ?? body.models) : body;
  if (!Array.isArray(list)) return [];
  const ids = list.map((model) => (isFields(model) ? (model.id ?? model.name) : model));
  return ids.filter((id): id is string => typeof id === 'string' && id !== '').slice(0, MAX_MODELS);
}
