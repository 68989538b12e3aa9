/** Text as PostgreSQL takes it: without NUL, and with half surrogate pairs replaced. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
