import { realAsk } from '../content.js';
import type { Frame } from '../frame.js';
import { joins } from './rule.js';

/** "the slowest and fastest prompt" */
export const bothEnds = joins(
  (last, next, joint) => (joint === 'and' || joint === 'slash') && isBare(last) && next.orders.length === 1,
);

/** "list the travel prompts by latency, slowest at the top": how they are sorted. */
export const sorted = joins(
  (last, next) => onlyOrders(next) && next.orders.every(({ all, weak }) => all || (weak && last.orders.length > 0)),
);

/** "the top 5, longest answers": which order the first one is. */
export const orderNamed = joins(
  (last, next, joint) =>
    joint !== 'and' &&
    last.orders.some(({ weak }) => weak) &&
    next.orders.length > 0 &&
    next.narrowings.length === 0 &&
    !realAsk(next),
);

const isBare = (frame: Frame) =>
  frame.orders.length > 0 &&
  frame.entities.length + frame.metrics.length + frame.narrowings.length === 0 &&
  !realAsk(frame);
const onlyOrders = (frame: Frame) =>
  frame.orders.length > 0 && frame.metrics.length + frame.asks.length + frame.narrowings.length === 0;
