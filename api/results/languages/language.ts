/**
 * What the text heuristics know of one language. Sentences reach these patterns with straight apostrophes and single
 * spaces. Every pattern is bounded, so that no text can make one slow.
 */
export interface Language {
  code: string;
  /** Frequent words that tell the language from others in the same script; lower case. */
  frequent: ReadonlySet<string>;
  /** Conjunctions and articles, after which no text ends; lower case. */
  dangling: ReadonlySet<string>;
  /** Speaks to the reader. */
  you: RegExp;
  /** A question that wants an answer from the reader, wherever in the paragraph it stands. */
  request: RegExp;
  /** How a short question for a missing fact begins. */
  interrogative: RegExp;
  rhetorical: RegExp;
  /** Closing politeness ("anything else?"), which asks nothing about the matter. */
  courtesy: RegExp;
  /** First person, inability or unwillingness, and a verb of helping. */
  refusal: RegExp;
  /** After a refusal: the help came all the same. */
  helpsAnyway: RegExp;
  /** The line that closes a letter. */
  signOff: RegExp;
  /** The line that opens a drafted message. */
  subjectLine: RegExp;
}

export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** One of the fragments as whole words. */
export function phrases(...fragments: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${fragments.join('|')})(?![\\p{L}\\p{M}])`, 'iu');
}

/** One of the fragments, inside words too: for scripts without spaces and for stems. */
export function fragments(...parts: string[]): RegExp {
  return new RegExp(parts.join('|'), 'iu');
}

/** One of the fragments as the first words of a sentence or line. */
export function opening(...parts: string[]): RegExp {
  return new RegExp(`^[\\s¿¡*_>#-]{0,10}(?:${parts.join('|')})(?![\\p{L}\\p{M}])`, 'iu');
}

/** One of the fragments as the label before a colon at the start of a line. */
export function label(...parts: string[]): RegExp {
  return new RegExp(`^[\\s*_>#]{0,10}(?:${parts.join('|')})[\\s*_]{0,4}[:：]`, 'iu');
}
