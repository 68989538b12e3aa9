import type { Tag } from '../tags.js';
import type { Frame } from './frame.js';

/** What a clause may ask for. */
const GOALS = new Set<Tag['kind']>([
  'aggregate',
  'order',
  'chart',
  'export',
  'download',
  'raw',
  'summary',
  'help',
  'outliers',
  'association',
  'fact',
  'relation',
  'versus',
  'why',
]);
/** Meanings that say something; the others only help to say it. */
export const CONTENT = new Set<Tag['kind']>([
  ...GOALS,
  'ask',
  'metric',
  'filter',
  'compare',
  'prompts',
  'quantity',
  'ordinal',
  'dimension',
  'reference',
  'complement',
  'negation',
  'inclusion',
  'included',
  'text',
  'pick',
  'step',
  'reverse',
  'promise',
  'target',
  'meets',
  'unknown',
  'refused',
]);

export const any = (frame: Frame, kinds: ReadonlySet<Tag['kind']>) => [...frame.has].some((kind) => kinds.has(kind));
/** Whether the clause says nothing but this. */
export const tellsOnly = (frame: Frame, ...kinds: Tag['kind'][]) =>
  [...frame.has].every((kind) => !CONTENT.has(kind) || kinds.includes(kind));
export const realAsk = (frame: Frame) => frame.asks.some((ask) => ask !== 'show' && ask !== 'list' && ask !== 'exists');
export const hasGoal = (frame: Frame) => any(frame, GOALS) || frame.by.length > 0 || realAsk(frame);
