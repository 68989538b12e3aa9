import type { Condition, Conversation, Query } from '../../plan.js';
import type { Item } from '../../tags.js';
import type { Frame } from '../frame.js';
import { goalOf, keep, saysOnly, type Turn } from './turn.js';

/** "what about cron?" after a search: a word that means nothing else is the next one to look for. */
export function searchedNext(items: readonly Item[], before: Conversation): Item[] {
  const sought = before.query?.where.find(isSearch);
  const [cue, word, ...rest] = items.filter(({ tag }) => !(tag.kind === 'joint' && tag.joint !== 'or'));
  const leads = cue?.tag.kind === 'cue' && (cue.tag.cue === 'about' || cue.tag.cue === 'same');
  const term =
    word?.tag.kind === 'unknown' || (word?.tag.kind === 'filter' && word.tag.recalled) || word?.tag.kind === 'text';
  if (sought === undefined || !leads || !term || rest.length > 0) return [...items];
  const value = word.tag.kind === 'text' ? word.tag.texts : [word.words];
  if (value.length !== 1) return [...items];
  const where = { ...sought, value: value[0] ?? '' };
  return items.map((item) => (item === word ? { ...item, tag: { kind: 'filter', where } } : item));
}

/** "prompts with that word?" after a search: the same word, sought where it is asked for now. */
export function sameWord(items: readonly Item[], before: Conversation): Item[] {
  const [sought, ...more] = (before.query?.where ?? []).filter(isSearch);
  if (sought === undefined || more.length > 0 || before.lost) return [...items];
  const named = items.some(({ tag }) => tag.kind === 'entity' && tag.entity !== 'one' && tag.entity !== 'run');
  return items.flatMap((item, at): Item[] => {
    const next = items[at + 1];
    if (item.tag.kind === 'negation' && next && isSaidWord(next)) return [];
    if (item.tag.kind !== 'text' || !isSaidWord(item)) return [item];
    const denied = items[at - 1]?.tag.kind === 'negation';
    const field = !named && sought.field === 'prompt' ? 'prompt' : item.tag.field;
    return [{ ...item, tag: { ...item.tag, texts: [sought.value], field, negated: item.tag.negated !== denied } }];
  });
}

const isSaidWord = ({ tag }: Item) => tag.kind === 'text' && tag.texts.length === 0;

/** "that word" where none was sought. */
export const pointsAtNoWord = (items: readonly Item[]): boolean => items.some(isSaidWord);

const isSearch = (condition: Condition): condition is Extract<Condition, { op: 'contains' | 'not contains' }> =>
  'field' in condition && (condition.op === 'contains' || condition.op === 'not contains');

/** "and the prompts?", "what about the answers?", but not "what was the prompt?" or "what were the prompts?". */
function goesElsewhere(frame: Frame, leads: boolean): boolean {
  const entity = frame.items.find(({ tag }) => tag.kind === 'entity');
  return frame.cues.length > 0 || (leads && entity !== undefined && entity.from <= 2);
}

/** "and in the answers?" after a search of the prompts: the same words, sought in the other. */
export function searchedElsewhere({ frame, leads, previous }: Turn): Query | null {
  const [entity, ...more] = frame.entities;
  const sought = previous.where.filter(isSearch);
  if (entity === undefined || more.length > 0 || sought.length !== 1 || !saysOnly(frame, 'ask')) return null;
  if (frame.asks.some((ask) => ask !== 'which' && ask !== 'show' && ask !== 'list')) return null;
  if (!goesElsewhere(frame, leads)) return null;
  const field = entity.entity === 'response' ? 'response' : entity.entity === 'prompt' ? 'prompt' : null;
  const [old] = sought;
  if (field === null || old === undefined || !('field' in old) || old.field === field) return null;
  const where = previous.where.map((condition) => (condition === old ? ({ ...old, field } as Condition) : condition));
  return previous.goal === 'list' || previous.goal === 'count' ? keep(goalOf(previous), previous, where) : null;
}
