import type { Item, Tag } from '../../tags.js';

/** Several items that mean one thing together. */
export const merged = (tag: Tag, parts: readonly Item[]): Item => ({
  tag,
  words: parts.map((part) => part.words).join(' '),
  from: Math.min(...parts.map((part) => part.from)),
  to: Math.max(...parts.map((part) => part.to)),
});
