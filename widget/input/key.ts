/** A pasted key without the line breaks, spaces and quotation marks that came along. */
export const cleanKey = (typed: string): string =>
  typed
    .replace(/^(?:authorization:\s*)?bearer\s+/i, '')
    .replace(/\s+/g, '')
    .replace(/^["'`]+|["'`,;]+$/g, '');

/** Whether all of it can be in a key: a page that shows keys with dots or bullets in their middle gives no whole one. */
export const isWholeKey = (key: string): boolean => /^[!-~]*$/.test(key);
