import stories from '../data/stories.json' with { type: 'json' };

export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
export const anyOf = (words: string) => new RegExp(`\\b(${words.replaceAll(' ', '|').replaceAll('_', ' ')})\\b`);

export const TIMES = setOf(stories.times);
export const TIMES_OPEN = setOf(stories.timesOpen);
const ASKERS = anyOf(stories.requests);
const WISHES = anyOf(stories.wishes);
const WISHES_TO_DO = new RegExp(`${WISHES.source} to (?!(${stories.learns.replaceAll(' ', '|')})\\b)`, 'g');

export const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/’/g, "'")
    .match(/[\p{L}\d][\p{L}\d'-]*/gu) ?? [];

/** "I wonder", "want to know", but not "want to try out". */
export const requests = (words: string) => ASKERS.test(words) || WISHES.test(words.replace(WISHES_TO_DO, ' '));
