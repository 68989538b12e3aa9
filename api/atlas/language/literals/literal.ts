import type { Tag } from '../../tags.js';
import type { Token } from '../tokens.js';

/** What is read from the figures of a question, and where it ends. */
export interface Literal {
  tag: Tag;
  end: number;
}

export type LiteralReader = (tokens: readonly Token[], at: number) => Literal | null;

export const NOT_A_PROMPT =
  /^(output|input|total|tokens?|toks?|words?|chars?|characters?|letters?|times|percent|%|tps|slowest|fastest|longest|shortest|quickest|biggest|largest|smallest|prompts?|responses?|answers?|replies|requests?|questions?|calls?|or|more|attempts?|tries)$/;
