import { Compile } from 'typebox/compile';
import { CLIENT_MESSAGES, type ClientMessage } from '../contract/socket.js';

type MessageId = ClientMessage['id'];

export type Reading = { ok: true; message: ClientMessage } | { ok: false; id?: MessageId; detail: string };

const checks = {
  hello: Compile(CLIENT_MESSAGES.hello),
  'run.start': Compile(CLIENT_MESSAGES['run.start']),
  'run.cancel': Compile(CLIENT_MESSAGES['run.cancel']),
  'atlas.ask': Compile(CLIENT_MESSAGES['atlas.ask']),
};

/** Reads what a client sent over the socket: nothing of it is believed before it has passed its schema. */
export function readClientMessage(text: string): Reading {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, detail: 'A message must be a JSON object.' };
  }
  const { type, id: givenId } = value as { type?: unknown; id?: unknown };
  const id = isMessageId(givenId) ? givenId : undefined;
  if (!isKnownType(type)) return { ok: false, id, detail: `type must be one of ${Object.keys(checks).join(', ')}.` };
  const check = checks[type];
  if (check.Check(value)) return { ok: true, message: value };
  const [fault] = check.Errors(value);
  const place = fault?.instancePath.split('/').slice(1).join('.') || 'The message';
  return { ok: false, id, detail: `${place} ${fault?.message ?? 'is not valid'}.` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isKnownType(type: unknown): type is keyof typeof checks {
  return typeof type === 'string' && Object.hasOwn(checks, type);
}

function isMessageId(id: unknown): id is NonNullable<MessageId> {
  return (typeof id === 'string' && id.length <= 100) || Number.isSafeInteger(id);
}
