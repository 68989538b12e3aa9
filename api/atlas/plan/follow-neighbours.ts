import type { Condition, Query } from '../plan.js';
import { fieldOf } from './conditions.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

/** "and the one after that", "the previous one": the prompt beside the one looked at. */
export function besidePrompt({ frame, before, previous }: Turn): Query | null {
  const step = frame.items.flatMap(({ tag }) => (tag.kind === 'step' ? [tag.by] : []))[0];
  const [number, ...more] = before.rows;
  if (step === undefined || number === undefined || more.length > 0 || !saysOnly(frame)) return null;
  const where: Condition[] = [{ field: 'number', op: 'in', value: [number + step] }];
  const looked = previous.where.every((condition) => fieldOf(condition) === 'number');
  const sameAgain = looked && (previous.goal === 'list' || previous.goal === 'statistic');
  return keep(sameAgain ? goalOf(previous) : { goal: 'list', limit: null }, previous, where, {
    inherited: [],
    chart: null,
  });
}

/** "how far apart are those two?" after two prompts looked at one by one. */
export function betweenSeen({ frame, before, previous }: Turn): Query | null {
  const [relation] = frame.relations;
  const both = frame.references.some((reference) => reference.count === 2);
  if (relation !== 'difference' || !both || !saysOnly(frame, 'relation', 'ask')) return null;
  const numbers = before.rows.length === 2 ? before.rows : before.seen.slice(-2);
  if (numbers.length !== 2) return null;
  const metric = previous.goal === 'rank' ? previous.metric : 'latencyMs';
  const where: Condition[] = [{ field: 'number', op: 'in', value: [...numbers] }];
  return keep({ goal: 'statistic', measures: [{ metric, aggregate: 'range' }], relation: null }, previous, where, {
    inherited: where,
    chart: null,
    assumptions: [],
  });
}
