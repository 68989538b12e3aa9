import type { Assumption, Condition, Goal, Query } from '../../plan.js';
import type { Tag } from '../../tags.js';
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
function answersAsks(goal: Goal, frame: Frame): boolean {
  if (frame.asks.includes('share') && FIGURES.has(goal.goal)) return false;
  return (
    !frame.asks.includes('count') || !FIGURES.has(goal.goal) || frame.metrics.some((metric) => COUNTABLE.test(metric))
  );
}

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
const COUNTABLE = /okens$|^(tokensPerSecond|speed|words|characters|attempts|length|text|longest)$/;

export function toQuery(draft: Draft, where: Condition[]): Query {
  return {
    ...draft.goal,
    where: draft.where ?? where,
    inherited: [],
    assumptions: (draft.assumptions ?? []).filter((assumption) => assumption !== null),
    chart: draft.chart ?? null,
  } as Query;
}
