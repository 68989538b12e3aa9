import type { Tag } from '../tags.js';
import type { Token } from './tokens.js';

/** Behind these, "there" says nothing of a place: "how many were there", "hi there", "did it get there". */
const NO_PLACE =
  /^(is|are|was|were|be|been|being|isn|aren|wasn|weren|out|over|up|down|in|from|on|by|get|gets|got|hi|hello|hey|so|hang|who|anyone|anybody|somebody|not)$/;

/** "how many tokens did it write there?": at the end of a clause, the prompt just spoken of. */
export function pointsThere(tokens: readonly Token[], at: number): Tag | null {
  const before = tokens[at - 1];
  const ends = tokens[at + 1] === undefined || tokens[at + 1]?.kind === 'symbol';
  if (tokens[at]?.text !== 'there' || !ends || before?.kind !== 'word' || NO_PLACE.test(before.text)) return null;
  return { kind: 'reference', number: 'one', weak: true };
}

/** "put the scripts back": they are counted again, and nothing came back. */
export function putsBack(tokens: readonly Token[], at: number): Tag | null {
  const ends = tokens[at + 1] === undefined || tokens[at + 1]?.kind === 'symbol';
  const put = tokens.slice(0, at).some(({ text }) => /^(put|add|bring|throw)$/.test(text));
  return tokens[at]?.text === 'back' && ends && put ? { kind: 'inclusion', after: true } : null;
}
