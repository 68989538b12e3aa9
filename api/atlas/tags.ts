import type { Metric } from '../contract/answer.js';
import type { ExportFormat } from '../contract/limits.js';
import type { Condition, Dimension, Fact } from './plan.js';

/** A metric as people name it: some names are open until the rest of the question is known. */
export type MetricName = Metric | 'length' | 'tokens' | 'longest' | 'speed' | 'text';
export type Direction = 'asc' | 'desc' | 'best' | 'worst';

/** What a word or phrase of a question means. The language hands these to the plan, and nothing else. */
export type Tag =
  | { kind: 'metric'; metric: MetricName }
  | { kind: 'aggregate'; aggregates: string[]; weak?: boolean }
  | {
      kind: 'order';
      metric: MetricName | null;
      direction: Direction;
      all?: boolean;
      plural?: boolean;
      weak?: boolean;
      one?: boolean;
    }
  | {
      kind: 'compare';
      op: '<' | '<=' | '>' | '>=' | '=' | 'between';
      metric?: MetricName;
      after?: boolean;
      than?: boolean;
    }
  | { kind: 'quantity'; value: number; unit: 'ms' | 'tokens/s' | 'percent' | 'attempts' | null }
  | { kind: 'ordinal'; value: number }
  /** So many times a figure; `by`: that much more or less than it. */
  | { kind: 'multiple'; value: number; by: boolean }
  | { kind: 'prompts'; numbers: number[] }
  /** `leftOut`: what it is the opposite of is left out, "apart from the refusals". */
  | { kind: 'filter'; where: Condition; noun?: boolean; loose?: boolean; recalled?: boolean; leftOut?: boolean }
  /** "the rest"; `groups`: "the other categories"; `counted`: "the other two", found to be so many. */
  | { kind: 'complement'; groups?: boolean; counted?: boolean }
  | { kind: 'negation'; style: 'not' | 'exclude'; after?: boolean }
  /** "including …"; `after`: "… included". With its condition: those rows are not to be left out. */
  | { kind: 'inclusion'; after?: boolean }
  | { kind: 'included'; where: Condition }
  | { kind: 'by' }
  | { kind: 'dimension'; by: Dimension; plural?: boolean; each?: boolean }
  /** `wording`: its text is asked for, "what was the prompt?" */
  | { kind: 'entity'; entity: 'response' | 'prompt' | 'one' | 'run'; plural?: boolean; wording?: boolean }
  | { kind: 'ask'; ask: 'list' | 'count' | 'share' | 'exists' | 'show' | 'howLong' | 'which' | 'where'; one?: boolean }
  | { kind: 'contains'; field: 'response' | 'prompt' | 'either'; negated?: boolean }
  /** Without texts: "that word", the one that was sought before. */
  | { kind: 'text'; texts: string[]; field: 'response' | 'prompt' | 'either'; negated: boolean }
  | { kind: 'chart'; chart: 'histogram' | 'bar' | null }
  | { kind: 'bars' }
  | { kind: 'export'; format: ExportFormat | null }
  | { kind: 'download' }
  | { kind: 'raw' }
  | { kind: 'summary' }
  | { kind: 'help' }
  | { kind: 'outliers' }
  | { kind: 'association' }
  | { kind: 'relation'; relation: 'difference' | 'ratio' }
  | { kind: 'versus' }
  | { kind: 'fact'; fact: Fact }
  | { kind: 'reference'; number: 'one' | 'many'; count?: number; weak?: boolean }
  /** The prompt before or after the one spoken of. */
  | { kind: 'step'; by: 1 | -1 }
  | { kind: 'pick'; from: 'first' | 'last'; count?: number }
  /** The prompt after or before the last one. */
  /** "the other way round" */
  | { kind: 'reverse' }
  | { kind: 'retriesToo' }
  /** "our SLO is …", and "made it" or "missed it" further on. */
  | { kind: 'target' }
  | { kind: 'meets'; met: boolean }
  /** "what can we promise": a bound is asked for. */
  | { kind: 'promise' }
  | { kind: 'missing' }
  | { kind: 'usage' }
  | { kind: 'writing' }
  | { kind: 'waiting' }
  | { kind: 'cue'; cue: 'same' | 'only' | 'and' | 'instead' | 'about' | 'also' | 'no' }
  | { kind: 'why' }
  | { kind: 'all' }
  | { kind: 'each' }
  | { kind: 'aside' }
  | { kind: 'courtesy' }
  | { kind: 'joint'; joint: 'and' | 'or' | 'comma' | 'slash' | 'then' | 'stop' | 'but' }
  | { kind: 'refused'; topic: string }
  | { kind: 'light' }
  | { kind: 'unknown'; word: string; english: boolean };

/** A tag and where in the question it stands. */
export interface Item {
  tag: Tag;
  /** As the visitor wrote it. */
  words: string;
  /** Positions among the question's tokens: from, and one past the last. */
  from: number;
  to: number;
  /** Stands after "of": what something is a part of. */
  partOf?: boolean;
  /** Stands after "other": what was named before is not meant. */
  other?: boolean;
}

/** What the language made of one question. */
export interface Reading {
  items: Item[];
  /** Spelling that was mended: "latncy" → "latency". */
  corrections: { from: string; to: string }[];
  /** Every word, as spelled after mending; the items' positions are in here. */
  words: string[];
}
