import { FORBIDDEN } from '../results/unseen.js';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** What begins a formula (OWASP ASVS 1.2.10), once full-width and other forms of a character are read as the plain one. */
const SIGN = '[=+\\-@−]';
/** What programs skip before it, or may: blanks, marks of direction, soft hyphens, joiners and other invisible characters. */
const UNSEEN = '[\\s\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]';
const FORMULA = new RegExp(`^(?:[\\t\\r\\n]|${UNSEEN}*${SIGN})`, 'u');

/** Where a program that splits by something other than commas begins a cell; to it, a quote within a line is a letter. */
const SEPARATOR = /([;\t\r\n\u2028\u2029])/;
const FORMULA_OF_PIECE = new RegExp(`^(?:${UNSEEN}|")*${SIGN}`, 'u');
/** An item of a Markdown list that calls and refers to nothing, and that no formula in the next column could go on from. */
const LIST_ITEM = /^[-+][ ][^(|!#[&"]*(?:[\p{L}\p{N}.:?`_]|\*\*)$/u;
/** A line across the page. At the end of a text it would be signs before the next column. */
const RULE = /^-{3,}$/;

/** Text from a model or a visitor as a cell that stays text: a quote keeps it from being a formula. */
export function cellText(text: string): string {
  const clean = text.replace(LONE_SURROGATE, '\ufffd').replace(FORBIDDEN, '');
  return FORMULA.test(clean.normalize('NFKC')) ? `'${clean}` : clean;
}

/**
 * The same for a CSV file, which programs split by semicolons or tabs where the system's language or a dialogue has it
 * so: each piece that would then be a cell stays text too.
 */
export function csvText(text: string): string {
  const parts = cellText(text).split(SEPARATOR);
  return parts
    .map((part, index) => (isFormulaBetween(parts[index - 1], part, parts[index + 1]) ? `'${part}` : part))
    .join('');
}

function isFormulaBetween(before: string | undefined, piece: string, after: string | undefined): boolean {
  if (before === undefined || !FORMULA_OF_PIECE.test(piece.normalize('NFKC'))) return false;
  const isItem = LIST_ITEM.test(piece) && (after === undefined || isLineBreak(after));
  const isRule = RULE.test(piece) && isLineBreak(after);
  return !(isLineBreak(before) && (isItem || isRule));
}

function isLineBreak(separator: string | undefined): boolean {
  return separator !== undefined && separator !== ';' && separator !== '\t';
}
