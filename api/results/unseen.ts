/** What no text keeps: controls but tab and line ends. Databases, terminals and spreadsheets choke on them. */
export const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** What no file has: the same, and what Unicode has set aside to be no characters, which XML forbids in part. */
export const FORBIDDEN = new RegExp(`${CONTROLS.source}|\\p{Noncharacter_Code_Point}`, 'gu');

/** What is drawn as nothing or steers the direction of others: a page has neither use for it nor defence against it. */
export const STEERING =
  /[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * What is drawn as nothing, ends a line, or goes with the character before it, as marks do: fonts may leave it out. Holds
 * all that is removed from a text anywhere.
 */
const UNSEEN =
  /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u0e33\u0eb3]$/u;

/** Whether a word that this character takes apart may be read as one, here or in a file made of the text. */
export function isUnseen(character: string): boolean {
  return UNSEEN.test(character);
}
