import type { Condition } from '../../plan.js';
import type { Item, Tag } from '../../tags.js';
import stories from '../data/stories.json' with { type: 'json' };
import { anyOf, requests, TIMES, TIMES_OPEN, wordsOf } from './words.js';

const RESTRICTS = anyOf(stories.restricts);
const DECIDES = anyOf(stories.decides);

/** Subjects that are no background: what is said of them is about what is asked. */
const NEVER = new Set(['key', 'system_prompt', 'action', 'other_runs', 'other_models']);
/** Meanings that choose among the prompts, or ask for something. */
const CHOOSES = new Set<Tag['kind']>(['prompts', 'pick', 'export', 'raw', 'why', 'complement', 'target']);
/** What may be said of the run's own prompts and answers, when it was made and by whom. */
const SAYS_NOTHING = new Set<Tag['kind']>(['entity', 'aside', 'light', 'joint', 'waiting', 'writing', 'fact', 'all']);

/** Whether no word of the statement can change the answer. */
export function isBackground(piece: string, items: readonly Item[]): boolean {
  const words = wordsOf(piece)
    .join(' ')
    .replace(/\bonly just\b/g, 'just');
  if (RESTRICTS.test(words) || requests(words)) return false;
  return halvesOf(items).every((half) => {
    const names = half.some(({ tag }) => tag.kind === 'entity');
    return half.every((item, at) =>
      names ? saysNothingOfPrompts(item, half[at - 1], words) : saysNothing(item, half[at - 1], half[at + 1], piece),
    );
  });
}

/** "this is my first model | and I just ran the prompts" */
function halvesOf(items: readonly Item[]): Item[][] {
  const halves: Item[][] = [[]];
  for (const item of items) {
    if (item.tag.kind === 'joint') halves.push([]);
    else halves.at(-1)?.push(item);
  }
  return halves;
}

function saysNothingOfPrompts({ tag }: Item, before: Item | undefined, words: string): boolean {
  if (tag.kind === 'entity') return before !== undefined && !/\b(that|which|who|whose|where|from|about)\b/.test(words);
  if (tag.kind === 'unknown') return tag.english;
  if (tag.kind === 'cue') return tag.cue === 'only';
  if (tag.kind === 'ask') return tag.ask === 'show' || tag.ask === 'exists';
  return SAYS_NOTHING.has(tag.kind);
}

function saysNothing({ tag, words }: Item, before: Item | undefined, next: Item | undefined, piece: string): boolean {
  if (tag.kind === 'unknown') return tag.english || isName(tag.word, piece);
  if (tag.kind === 'refused') return !NEVER.has(tag.topic) || isDate(words);
  if (tag.kind === 'text') return /^(say|says|said)\b/.test(words);
  if (tag.kind === 'summary') return isOfAnother(next);
  if (tag.kind === 'filter')
    return !named(tag.where) && (isOfAnother(next) || isIndefinite(words, piece) || isVerbal(words, piece));
  if (tag.kind === 'dimension') return !tag.each && !tag.plural && before?.tag.kind !== 'by';
  if (tag.kind === 'reference') return tag.weak === true || before !== undefined;
  if (tag.kind === 'ask')
    return (
      ['show', 'list', 'exists'].includes(tag.ask) || DECIDES.test(piece.slice(0, piece.toLowerCase().indexOf(words)))
    );
  return !CHOOSES.has(tag.kind);
}

/** "Priya", "Bremen" */
const isName = (word: string, piece: string) => !piece.includes(` ${word}`);

/** The "slow" of "slow trains" is none of the prompts'. */
export const isOfAnother = (next: Item | undefined) => next?.tag.kind === 'unknown' || next?.tag.kind === 'refused';
/** "the coffee machine is broken", but not "the failed" or "timeouts" */
const isVerbal = (words: string, piece: string) =>
  (!/[^s]s$/.test(words) || /^says/.test(words)) &&
  !['the', 'these', 'those', 'all', 'any', 'no'].some((chosen) => stands(`${chosen} ${words}`, piece));

/** A category, or prompts by their numbers: they are always meant. */
const named = (where: Condition) => !('field' in where) || where.field === 'category' || where.field === 'number';

/** "on Friday", "last month": when it was, and no other run. */
const isDate = (words: string) =>
  wordsOf(words).every((word) => TIMES.has(word) || TIMES_OPEN.has(word) || word === 'the' || word === 'all');

/** "an empty screen" */
const isIndefinite = (words: string, piece: string) => stands(`a ${words}`, piece) || stands(`an ${words}`, piece);

const stands = (words: string, piece: string) => ` ${piece.toLowerCase()}`.includes(` ${words}`);
