import { type Static, Type } from 'typebox';
import { Answer } from './answer.js';
import { PROBLEMS, type ProblemCode } from './errors.js';
import { Row, Run } from './row.js';
import { AtlasRequest, BatchTestRequest, Session } from './session.js';

const Seq = Type.Integer({ minimum: 1, description: 'rises by one per session' });
const Timestamp = Type.String({ format: 'date-time' });
const Id = Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Integer()]));

/** A run event: numbered, stored, then sent; the same over the socket and over server-sent events. */
export const RunEvent = Type.Union(
  [
    Type.Object({ type: Type.Literal('run.started'), seq: Seq, run: Run }),
    Type.Object({ type: Type.Literal('prompt.started'), seq: Seq, number: Type.Integer() }),
    Type.Object({
      type: Type.Literal('prompt.waiting'),
      seq: Seq,
      number: Type.Integer(),
      until: Type.String({ format: 'date-time', description: 'the prompt is asked again then, or soon after' }),
    }),
    Type.Object({ type: Type.Literal('prompt.finished'), seq: Seq, row: Row }),
    Type.Object({ type: Type.Literal('run.finished'), seq: Seq, run: Run }),
    Type.Object({ type: Type.Literal('credentials.deleted'), seq: Seq, deletedAt: Timestamp }),
  ],
  { $id: 'RunEvent' },
);
export type RunEvent = Static<typeof RunEvent>;

type WithoutSeq<T> = T extends { seq: number } ? Omit<T, 'seq'> : never;
/** A run event before the log has numbered it. */
export type NewRunEvent = WithoutSeq<RunEvent>;

/** What a client may send, by type; each may carry an id, which the reply repeats. */
export const CLIENT_MESSAGES = {
  hello: Type.Object({
    type: Type.Literal('hello'),
    id: Id,
    token: Type.String({ maxLength: 200 }),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'send all later run events again' })),
  }),
  'run.start': Type.Intersect([Type.Object({ type: Type.Literal('run.start'), id: Id }), BatchTestRequest]),
  'run.cancel': Type.Object({ type: Type.Literal('run.cancel'), id: Id, runId: Type.String({ maxLength: 64 }) }),
  'atlas.ask': Type.Intersect([Type.Object({ type: Type.Literal('atlas.ask'), id: Id }), AtlasRequest]),
};

export const ClientMessage = Type.Union(
  [CLIENT_MESSAGES.hello, CLIENT_MESSAGES['run.start'], CLIENT_MESSAGES['run.cancel'], CLIENT_MESSAGES['atlas.ask']],
  { $id: 'ClientMessage' },
);
export type ClientMessage = Static<typeof ClientMessage>;

export const ServerMessage = Type.Union(
  [
    Type.Object({ type: Type.Literal('ready'), id: Id, session: Session, seq: Type.Integer({ minimum: 0 }) }),
    Type.Object({ type: Type.Literal('atlas.answer'), id: Id, answer: Answer }),
    Type.Object({ type: Type.Literal('session.ended'), reason: Type.Enum(['cleanup', 'expired']) }),
    Type.Object({
      type: Type.Literal('error'),
      id: Id,
      code: Type.Enum(Object.keys(PROBLEMS) as ProblemCode[]),
      detail: Type.String(),
    }),
  ],
  { $id: 'ServerMessage' },
);
/** All that a client can receive: replies, and run events (which repeat the request's id where they answer one). */
export type ServerMessage = Static<typeof ServerMessage> | (RunEvent & { id?: string | number });
