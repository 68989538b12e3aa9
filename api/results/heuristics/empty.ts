/** White space, control characters and everything that Unicode says is drawn as nothing. */
const INVISIBLE = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u;

export function isEmptyText(text: string): boolean {
  return INVISIBLE.test(text);
}
