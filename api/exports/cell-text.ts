/** Control characters that no spreadsheet shows and XML forbids; tab and line breaks stay. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** What makes a spreadsheet read a cell as a formula, in ASCII and in full width (OWASP ASVS 1.2.10). */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** Text from a model or a visitor as a cell that stays text: a quote keeps it from being a formula. */
export function cellText(text: string): string {
  const clean = text.replace(LONE_SURROGATE, '\ufffd').replace(CONTROLS, '');
  return FORMULA.test(clean) ? `'${clean}` : clean;
}
