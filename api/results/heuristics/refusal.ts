import { excerpt, type ReadText, withoutQuotations } from './text.js';

/** A refusal comes first, or it is none. */
const OPENING_CHARACTERS = 200;
/** How far behind it "but here is how" may follow. */
const REDEEMING_CHARACTERS = 160;

/** What the answer refuses with; null where it doesn't refuse. */
export function findRefusal(text: ReadText, finishReason: string | null): string | null {
  if (finishReason?.trim().toLowerCase() === 'content_filter') return 'finish reason content_filter';
  const start = text.lines
    .filter((line) => line.kind !== 'code' && line.kind !== 'quote' && line.kind !== 'blank')
    .slice(0, 20)
    .map((line) => line.text.slice(0, OPENING_CHARACTERS + REDEEMING_CHARACTERS))
    .join('\n');
  const prose = withoutQuotations(start).replace(/[*_ \t]+/g, ' ');
  const refusal = text.language.refusal.exec(prose.slice(0, OPENING_CHARACTERS));
  if (refusal === null) return null;
  const afterwards = prose.slice(refusal.index + refusal[0].length).slice(0, REDEEMING_CHARACTERS);
  return text.language.helpsAnyway.test(afterwards) ? null : `says “${excerpt(refusal[0])}”`;
}
