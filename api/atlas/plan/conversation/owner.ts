import type { Query } from '../../plan.js';
import { keep, saysOnly, type Turn } from './turn.js';

/** "which prompt was that?" after the highest or the lowest of a figure: the one that has it. */
export function ownerOfExtreme({ frame, own, previous }: Turn): Query | null {
  const [measure, ...more] = previous.goal === 'statistic' ? previous.measures : [];
  const extreme = measure?.aggregate === 'max' || measure?.aggregate === 'min';
  const asks = frame.asks.includes('which') && frame.references.length > 0 && own.length === 0;
  const one = frame.entities.every(({ plural }) => !plural) && saysOnly(frame, 'ask');
  if (measure === undefined || more.length > 0 || !extreme || !asks || !one) return null;
  const direction = measure.aggregate === 'max' ? 'desc' : 'asc';
  return keep({ goal: 'rank', metric: measure.metric, direction, limit: 1, rank: null }, previous, previous.where);
}
