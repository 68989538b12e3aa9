import { type Static, Type } from 'typebox';
import { EXPORT_FORMATS, METRICS } from './limits.js';

const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export type Metric = (typeof METRICS)[number];

export const UNITS = ['ms', 'tokens', 'tokens/s', 'characters', 'words', 'count', 'percent'] as const;
export type Unit = (typeof UNITS)[number];

export const Group = Type.Object({ by: Type.String(), key: Type.String() });
export type Group = Static<typeof Group>;

export const Value = Type.Object({
  metric: Nullable(Type.Enum([...METRICS])),
  aggregate: Type.String({
    pattern: '^(count|sum|mean|median|min|max|range|stddev|iqr|share|p\\d{1,2}(\\.\\d+)?|p100)$',
  }),
  value: Nullable(Type.Number()),
  unit: Type.Enum([...UNITS]),
  group: Nullable(Group),
});
export type Value = Static<typeof Value>;

export const Cell = Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()]));
export type Cell = Static<typeof Cell>;
export const Table = Type.Object({ columns: Type.Array(Type.String()), rows: Type.Array(Type.Array(Cell)) });
export type Table = Static<typeof Table>;

export const CHART_TYPES = ['histogram', 'bar', 'dots', 'line'] as const;
export const Chart = Type.Object({
  type: Type.Enum([...CHART_TYPES]),
  metric: Nullable(Type.Enum([...METRICS])),
  unit: Type.Enum([...UNITS]),
  title: Type.String(),
  points: Type.Array(
    Type.Object({
      label: Type.String(),
      value: Type.Number(),
      number: Nullable(Type.Integer({ description: 'the prompt, where the point is one' })),
    }),
  ),
});
export type Chart = Static<typeof Chart>;

export const Download = Type.Object({ format: Type.Enum([...EXPORT_FORMATS]), url: Type.String() });
export type Download = Static<typeof Download>;

export const AnswerPart = Type.Object({
  understood: Type.Array(
    Type.String({
      description:
        'how the question was read, a chip each; one kept from an earlier question begins with “from before: ”',
    }),
  ),
  rows: Type.Array(Type.Integer({ description: 'the prompts it is about, in its order' })),
  values: Type.Array(Value),
  groups: Type.Array(Group, { description: 'the group or groups that are the answer: the winner alone' }),
  table: Nullable(Table),
  chart: Nullable(Chart),
  download: Nullable(Download),
});
export type AnswerPart = Static<typeof AnswerPart>;

export const Answer = Type.Object(
  {
    id: Type.String(),
    question: Type.String(),
    kind: Type.Enum(['answer', 'clarify', 'unsupported']),
    text: Type.String({ description: 'light Markdown, never HTML' }),
    parts: Type.Array(AnswerPart),
    suggestions: Type.Array(Type.String()),
    source: Type.Enum(['computed', 'model-assisted']),
  },
  { $id: 'Answer' },
);
export type Answer = Static<typeof Answer>;
