import { matchPromptWords, type RowWords } from './rows.js';
import { type Linked, promptText } from './search.js';
import type { Token } from './tokens.js';
import { isServed } from './vocabulary.js';

const ASKER = /^(someone|somebody|guy|woman|man|employee)$/;
const RELATIVE = /^(who|whose|that|asking|wanting|with|wondering)$/;
const BETWEEN =
  /^(who|whose|that|the|a|an|my|their|his|her|our|is|was|has|had|did|could|can|cannot|not|want|wants|wanted|to|ask|asks|asked|asking|about|wondering|wondered|whether|if|for|needs|needed|with|get|gets|got|wanting|tries|tried|trying)$/;
const FURTHEST = 7;

/** "the reply to the person whose app crashes": one who is known by the words of a prompt stands for this prompt. */
export function knownAsker(tokens: readonly Token[], at: number, rowWords: RowWords): Linked | null {
  const text = (index: number) => tokens[index]?.text ?? '';
  const spoken = /^(the|a|that|our|one)$/.test(text(at - 1)) ? at - 2 : at - 1;
  if (!/^(to|for|from|of|with|answering|by)$/.test(text(spoken))) return null;
  const isAsker = isServed(text(at)) || ASKER.test(text(at));
  if (!isAsker || !RELATIVE.test(text(at + 1))) return null;
  for (let start = at + 2; start <= at + FURTHEST; start += 1) {
    const own = matchPromptWords(rowWords, tokens, start);
    if (own) return { tag: promptText(own), end: own.end };
    if (!BETWEEN.test(text(start))) return null;
  }
  return null;
}
