import type { Unit } from '../../api/contract/answer.js';
import type { Translate } from '../i18n/translate.js';

/**
 * How values of a unit are written. Milliseconds become seconds where the largest value is a second or more, so that
 * one axis has one unit.
 */
export function valueFormat(unit: Unit, t: Translate, largest: number): (value: number) => string {
  if (unit === 'ms' && largest >= 1000) return (value) => spaced(t.number(value / 1000, timeIn('second', 2)));
  if (unit === 'ms') return (value) => spaced(t.number(value, timeIn('millisecond', 0)));
  if (unit === 'percent') return (value) => t.number(value / 100, { style: 'percent', maximumFractionDigits: 1 });
  return (value) => t.number(value, { maximumFractionDigits: 2 });
}

function timeIn(unit: string, maximumFractionDigits: number): Intl.NumberFormatOptions {
  return { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits };
}

/** "2.1s" → "2.1 s", as the text of an answer has it, on one line; some languages have the space already. */
function spaced(text: string): string {
  return text.replace(/ /g, '\u00a0').replace(/(\p{Nd})(\p{L})/u, '$1\u00a0$2');
}
