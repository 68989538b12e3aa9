import type { Dispatcher } from 'undici';
import { EgressError } from './errors.js';
import { checkAnnouncedLength, createMeter } from './meter.js';
import { toEgressError } from './network-errors.js';

/** What an endpoint sent back. The body can be read once; a reader that has enough may stop. */
export interface Reply {
  status: number;
  /** The first value of a header; null where it is missing. */
  header(name: string): string | null;
  body: AsyncIterable<Uint8Array>;
}

type Response = Dispatcher.ResponseData;
type Body = Response['body'];

/** After a reader has enough, the rest of the message may arrive, so that the connection can serve again. `bytes` is of the whole message. */
const REST_OF_MESSAGE = { bytes: 8 * 1024 * 1024, ms: 250 };

/** Refuses what must not be read, and puts caps on the rest. `onEnd` is called when the body has been read, or given up. */
export function toReply(response: Response, onEnd: () => void): Reply {
  // Whoever reads gets the error; a body that nobody reads must not end the process.
  response.body.on('error', () => {});
  const status = response.statusCode;
  const header = (name: string) => [response.headers[name]].flat()[0] ?? null;
  try {
    refuseRedirect(status);
    refuseEncoding(status, header('content-encoding'));
    checkAnnouncedLength(header('content-length'));
  } catch (error) {
    response.body.destroy();
    throw error;
  }
  const isEventStream = /event-stream/i.test(header('content-type') ?? '');
  return { status, header, body: readBody(response.body, createMeter(isEventStream), onEnd) };
}

/** No redirect is followed, since it would carry the key somewhere else, or repeated: its host may be the key itself. */
function refuseRedirect(httpStatus: number): void {
  if (httpStatus >= 300 && httpStatus < 400) throw new EgressError('redirect_refused', { httpStatus });
}

/** We ask for plain bytes: a few that unpack to gigabytes are never unpacked. */
function refuseEncoding(httpStatus: number, encoding: string | null): void {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name !== '' && name !== 'identity') throw new EgressError('encoding_refused', { httpStatus });
}

async function* readBody(body: Body, measure: (chunk: Uint8Array) => void, onEnd: () => void) {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      measure(chunk);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    body.destroy();
    throw toEgressError(error);
  } finally {
    onEnd();
    if (!body.destroyed) receiveRest(body);
  }
}

function receiveRest(body: Body): void {
  body.dump({ limit: REST_OF_MESSAGE.bytes, signal: AbortSignal.timeout(REST_OF_MESSAGE.ms) }).catch(() => {
    // The rest never came: undici has closed the connection, and nobody waits for it.
  });
}
