import type { Assumption, Condition, Goal, Query } from '../../plan.js';
import type { MetricName, Tag } from '../../tags.js';
import type { Frame } from '../frame.js';

/** A reading of one clause, before it is known whether it accounts for the whole clause. */
export interface Draft {
  goal: Goal;
  /** Kinds of meaning that this reading has made use of. */
  uses: readonly Tag['kind'][];
  where?: Condition[];
  assumptions?: (Assumption | null)[];
  chart?: Query['chart'];
}

/** Reads a clause as one kind of question, or says that it is none. */
export type GoalReader = (frame: Frame, where: Condition[]) => Draft | null;

/** Meanings that a reading must have used: what they say would otherwise be lost. */
const BINDING: readonly Tag['kind'][] = [
  'aggregate',
  'order',
  'metric',
  'compare',
  'filter',
  'prompts',
  'quantity',
  'ordinal',
  'multiple',
  'dimension',
  'chart',
  'bars',
  'export',
  'download',
  'fact',
  'association',
  'outliers',
  'relation',
  'complement',
  'versus',
  'negation',
  'inclusion',
  'text',
  'pick',
  'step',
  'reverse',
  'why',
  'help',
  'summary',
  'raw',
  'contains',
  'missing',
  'promise',
  'target',
  'meets',
  'unknown',
  'refused',
];

export const accountsForAll = (draft: Draft, frame: Frame) =>
  answersAsks(draft.goal, frame) &&
  BINDING.every((kind) => !frame.has.has(kind) || draft.uses.includes(kind)) &&
  (frame.by.length === 0 || draft.uses.includes('by'));

/** "mean latency and how many": a number that is asked for beside a figure must not be lost. */
export function answersAsks(goal: Goal, frame: Frame): boolean {
  if (!FIGURES.has(goal.goal)) return true;
  if (asksShare(frame)) return false;
  const measured =
    'measures' in goal ? goal.measures.map(({ metric }) => metric) : 'metric' in goal ? [goal.metric] : [];
  return !asksNumber(frame) || [...frame.metrics, ...measured].some(countable);
}

/** "how much of that was on the prompt side?" asks for tokens as well as for a share. */
const asksShare = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'ask' && tag.ask === 'share' && !/^how much/.test(words));

/** In "counting only those with text" nothing is asked. */
const asksNumber = (frame: Frame) =>
  frame.items.some(({ tag, words }) => tag.kind === 'ask' && tag.ask === 'count' && !/ing\b/.test(words));

const FIGURES = new Set<Goal['goal']>([
  'statistic',
  'grouped',
  'rank',
  'compare',
  'histogram',
  'bars',
  'association',
  'outliers',
]);

/** What "how many" asks for of an answer: "how many tokens on average?" */
export const countable = (metric: MetricName) =>
  /okens$|^(tokensPerSecond|speed|words|characters|attempts|length|text|longest)$/.test(metric);

export function toQuery(draft: Draft, where: Condition[]): Query {
  return {
    ...draft.goal,
    where: draft.where ?? where,
    inherited: [],
    assumptions: (draft.assumptions ?? []).filter((assumption) => assumption !== null),
    chart: draft.chart ?? null,
  } as Query;
}
