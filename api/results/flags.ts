import { isEmptyText } from './heuristics/empty.js';
import { findFollowUp } from './heuristics/follow-up.js';
import { findSignsOfCut } from './heuristics/incomplete.js';
import { findRefusal } from './heuristics/refusal.js';
import { findRepetition } from './heuristics/repetition.js';
import { readText } from './heuristics/text.js';
import { type Truncation, truncationReason } from './heuristics/truncated.js';

/** A remark for the reader: what a heuristic saw, and what it was that triggered it. */
export interface Note {
  about: 'incomplete' | 'asksFollowUp' | 'refusal' | 'repetition';
  reason: string;
}

export interface TextFlags {
  truncated: boolean;
  incomplete: boolean;
  /** Why the answer seems incomplete; empty unless it does. */
  incompleteReasons: readonly string[];
  asksFollowUp: boolean;
  refusal: boolean;
  empty: boolean;
  notes: readonly Note[];
}

/** The flags of a row that is not ok. */
export const NO_FLAGS: TextFlags = {
  truncated: false,
  incomplete: false,
  incompleteReasons: [],
  asksFollowUp: false,
  refusal: false,
  empty: false,
  notes: [],
};

/** Heuristics over the text of an ok answer: careful rather than complete, and in time linear in the text's length. */
export function textFlags(raw: string, facts: Truncation): TextFlags {
  const truncation = truncationReason(facts);
  if (isEmptyText(raw)) return { ...NO_FLAGS, ...truncationFlags(truncation, []), empty: true };

  const text = readText(raw);
  const cut = findSignsOfCut(text);
  const followUp = findFollowUp(text);
  const refusal = findRefusal(text, facts.finishReason);
  return {
    ...truncationFlags(truncation, cut.likely),
    asksFollowUp: followUp !== null,
    refusal: refusal !== null,
    empty: false,
    notes: [
      ...note('incomplete', cut.possible),
      ...note('asksFollowUp', followUp),
      ...note('refusal', refusal),
      ...note('repetition', findRepetition(text)),
    ],
  };
}

function truncationFlags(truncation: string | null, signsOfCut: readonly string[]) {
  const incompleteReasons = truncation === null ? signsOfCut : [truncation, ...signsOfCut];
  return { truncated: truncation !== null, incomplete: incompleteReasons.length > 0, incompleteReasons };
}

function note(about: Note['about'], reason: string | null): Note[] {
  return reason === null ? [] : [{ about, reason }];
}
