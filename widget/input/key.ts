/** A pasted key without the line breaks, spaces and quotation marks that came along. */
export const cleanKey = (typed: string): string =>
  typed
    .replace(/^(?:authorization:\s*)?bearer\s+/i, '')
    .replace(/\s+/g, '')
    .replace(/^["'`]+|["'`,;]+$/g, '');
