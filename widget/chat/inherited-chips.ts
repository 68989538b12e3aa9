import type { Message } from '../../api/contract/session.js';

/** The latest answer's chips that the answer before it had, too: what may have come from there, and can be dropped. */
export function inheritedChips(messages: readonly Message[]): string[] {
  const [before, latest] = messages.slice(-2);
  if (!before || !latest) return [];
  const earlier = new Set(before.answer.parts.flatMap((part) => part.understood));
  return latest.answer.parts.flatMap((part) => part.understood).filter((chip) => earlier.has(chip));
}
