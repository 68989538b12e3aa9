import type { Row } from '../../../contract/row.js';
import type { Conversation } from '../../plan.js';
import type { Item } from '../../tags.js';
import { withoutThose } from './excluded.js';
import { sameWord, searchedNext } from './follow-text.js';
import { partOfTokens } from './part-of-tokens.js';
import { affected, ofAttempts, thanThat } from './said-again.js';
import { overAllGroups, thatGroup } from './that-group.js';
import { complete, countedRest, deniedBefore, otherThanThose } from './the-others.js';

type Resolver = (items: readonly Item[], before: Conversation, rows: readonly Row[]) => Item[];

/** Words that stand for something said before: "those", "that category", "than that", "the other two". */
const RESOLVERS: readonly Resolver[] = [
  partOfTokens,
  sameWord,
  searchedNext,
  thatGroup,
  overAllGroups,
  withoutThose,
  affected,
  ofAttempts,
  thanThat,
  countedRest,
  otherThanThose,
  deniedBefore,
  complete,
];

export const inContext = (said: readonly Item[], before: Conversation, rows: readonly Row[]): Item[] =>
  RESOLVERS.reduce<Item[]>((items, resolve) => resolve(items, before, rows), [...said]);
