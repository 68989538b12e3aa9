import type { Condition, Query } from '../../plan.js';
import { fieldOf, sortOf } from '../conditions.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

const UNIT_OF: Record<string, string> = { latencyMs: 'ms', firstTokenMs: 'ms', tokensPerSecond: 'tokens/s' };

/** "tighten it to 5 s", "widen it to 13 seconds": the limit of before, with another number. */
export function otherThreshold({ frame, previous }: Turn): Query | null {
  const [quantity, ...more] = frame.quantities;
  if (quantity === undefined || more.length > 0 || !saysOnly(frame, 'quantity')) return null;
  if (!frame.cues.includes('about') && !frame.cues.includes('instead')) return null;
  const limits = previous.where.filter((condition) => sortOf(condition) === 'metric');
  const [limit, ...others] = limits;
  if (limit === undefined || others.length > 0) return null;
  const unit = UNIT_OF[fieldOf(limit) ?? ''] ?? null;
  if (quantity.unit !== null && quantity.unit !== unit) return null;
  const value = unit === 'ms' && quantity.unit === null && quantity.value < 60 ? quantity.value * 1000 : quantity.value;
  const moved = movedTo(limit, value);
  if (moved === null) return null;
  return keep(
    goalOf(previous),
    previous,
    previous.where.map((condition) => (condition === limit ? moved : condition)),
  );
}

/** A range grows to the side where the number lies; within it, it can't be told which end is meant. */
function movedTo(limit: Condition, value: number): Condition | null {
  if (!('field' in limit)) return null;
  if (limit.op !== 'between')
    return ['<', '<=', '>', '>='].includes(limit.op) ? ({ ...limit, value } as Condition) : null;
  const [low = 0, high = 0] = limit.value.map(Number);
  if (value > high) return { ...limit, value: [low, value] };
  return value < low ? { ...limit, value: [value, high] } : null;
}
