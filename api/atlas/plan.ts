import type { Metric } from '../contract/answer.js';
import type { ExportFormat } from '../contract/limits.js';
import type { Aggregate } from '../results/aggregate.js';

export const DIMENSIONS = ['category', 'status', 'error.type', 'finishReason'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Fields of a row that a condition can speak of; `failed` is status error or timeout. */
export type Field =
  | Metric
  | Dimension
  | 'number'
  | 'prompt'
  | 'response'
  | 'error.httpStatus'
  | 'failed'
  | 'truncated'
  | 'incomplete'
  | 'asksFollowUp'
  | 'refusal'
  | 'empty';

export type Scalar = string | number | boolean;

/** A missing value satisfies only `!=` and `not contains`. Text is compared without regard to case. */
export type Condition =
  | { field: Field; op: '=' | '!=' | '<' | '<=' | '>' | '>='; value: Scalar }
  | { field: Field; op: 'between' | 'in'; value: Scalar[] }
  | { field: Field; op: 'contains' | 'not contains'; value: string }
  | { any: Condition[] }
  | { all: Condition[] }
  | { not: Condition };

export type Measure = {
  metric: Metric;
  aggregate: Aggregate;
};

/** One side of a comparison. */
export type Side = {
  label: string;
  where: Condition[];
  /** null: the rows are counted. */
  measure: Measure | null;
  group: { by: Dimension; key: string } | null;
};

export type Fact = 'duration' | 'concurrency' | 'model' | 'started' | 'finished' | 'suite' | 'status';

export type Goal =
  | { goal: 'statistic'; measures: Measure[]; relation: 'difference' | 'ratio' | null }
  | { goal: 'grouped'; by: Dimension; measures: Measure[]; pick: 'max' | 'min' | null; rank: number | null }
  | { goal: 'count' }
  | { goal: 'countEach'; sides: Side[] }
  | { goal: 'groupedCount'; by: Dimension; pick: 'max' | 'min' | null; rank: number | null }
  | { goal: 'share'; of: Condition[] }
  | { goal: 'groupedShare'; by: Dimension; pick: 'max' | 'min' | null; rank: number | null }
  | { goal: 'rank'; metric: Metric; direction: 'asc' | 'desc'; limit: number | null; rank: number | null }
  | { goal: 'list'; limit: { count: number; from: 'first' | 'last' } | null }
  | { goal: 'compare'; sides: Side[]; prefer: 'max' | 'min' | null; relation: 'difference' | 'ratio' | null }
  | { goal: 'histogram'; metric: Metric }
  | { goal: 'bars'; metric: Metric }
  | { goal: 'outliers'; metric: Metric }
  | { goal: 'association'; metrics: [Metric, Metric] }
  | { goal: 'rowFact'; show: 'prompt' | 'response' | 'category' | 'error' }
  | { goal: 'export'; format: ExportFormat }
  | { goal: 'summary' }
  | { goal: 'help' }
  | { goal: 'fact'; fact: Fact };

/** One thing asked, with every open word decided. */
export type Query = Goal & {
  where: Condition[];
  /** Conditions that came from an earlier turn; a subset of `where`. */
  inherited: Condition[];
  /** Readings that were chosen among several, to be said in the answer. */
  assumptions: Assumption[];
  chart: 'histogram' | 'bar' | null;
};
export type Assumption = 'length' | 'tokens' | 'failed';

export type Plan = { kind: 'queries'; queries: Query[] } | { kind: 'unsupported'; reason: Refusal };

/** Why a question is not answered; `words` are the visitor's. */
export type Refusal =
  | { code: 'unknown_words'; words: string[]; about?: Query | null }
  | { code: 'off_topic'; topic: string; about?: Query | 'unclear' | null }
  | { code: 'no_such_prompt'; numbers: number[]; about?: Query | null }
  | { code: 'no_context' }
  | { code: 'no_run_facts' }
  | { code: 'not_measured'; metric: Metric }
  | { code: 'not_understood' };

/** What a later question may lean on. JSON through and through: it is stored with the session. */
export type Conversation = {
  /** The last thing answered. */
  query: Query | null;
  /** The prompts that answer named. */
  rows: number[];
  /** What the list before the last one was of, if the last two answers are lists or counts. */
  earlier?: Condition[] | null;
  /** The last two answers sum the input tokens and the output tokens of the same prompts. */
  otherSum?: boolean;
  /** The group that was the answer: "finance" is the slowest category. */
  group: { by: Dimension; key: string } | null;
  /** Prompts looked at one by one, latest last. */
  seen: number[];
  /** Categories asked about one by one, latest last. */
  categories: string[];
  /** What the last question was about, if it was turned down. */
  about?: Query | null;
  /** The last question was not understood: what leans on it can't be either. */
  lost: boolean;
};
