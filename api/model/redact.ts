/** What replaces the visitor's key wherever an endpoint repeats it. */
export const REDACTED = '[key removed]';
/** A shorter key is a placeholder such as "none": no secret, and too common a word to cut out of an answer. */
export const SHORTEST_SECRET = 8;

/** C0 and C1 controls other than tab and line ends: databases, terminals and spreadsheets choke on them. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** What would move or hide the words around it in one line of text. */
const FORMATTING = /[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Makes text of an endpoint safe to store, show and log. Cleaning comes first: it must not join a key that was taken apart. */
export interface Redactor {
  /** Text of any length. */
  text(text: string): string;
  /** One line of at most so many characters. */
  line(text: string, maxCharacters: number): string;
}

export function createRedactor(apiKey: string): Redactor {
  const forms = secretForms(apiKey);
  const text = (given: string) => {
    const cleaned = given.replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
    return withoutSecrets(cleaned, forms);
  };
  const line = (given: string, maxCharacters: number) => {
    const flat = text(given.replace(FORMATTING, '')).replace(/\s+/g, ' ').trim();
    return flat.length <= maxCharacters ? flat : `${flat.slice(0, maxCharacters - 1).replace(LONE_SURROGATES, '')}…`;
  };
  return { text, line };
}

/** The key as it is, in JSON, URL-encoded, and as base64 shows it at each of the three places it can have in other text. */
function secretForms(apiKey: string): string[] {
  if (apiKey.length < SHORTEST_SECRET) return [];
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + apiKey).toString('base64');
    // The first and last characters also depend on what stands before and behind the key.
    return encoded.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const inBase64Url = inBase64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const inJson = JSON.stringify(apiKey).slice(1, -1);
  const forms = [apiKey, inJson, encodeURIComponent(apiKey), ...inBase64, ...inBase64Url];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET);
}

/**
 * Removes every form of the secret, and each beginning of one that is long enough to tell something: endpoints quote
 * keys in part. Forms can begin alike, so that at each place the longest match counts.
 */
function withoutSecrets(text: string, forms: readonly string[]): string {
  if (forms.length === 0) return text;
  const beginnings = new RegExp(forms.map((form) => escaped(form.slice(0, SHORTEST_SECRET))).join('|'), 'g');
  let result = '';
  let at = 0;
  for (let match = beginnings.exec(text); match !== null; match = beginnings.exec(text)) {
    const place = match.index;
    result += text.slice(at, place) + REDACTED;
    at = forms.reduce((end, form) => Math.max(end, place + matchLength(text, place, form)), 0);
    beginnings.lastIndex = at;
  }
  return result + text.slice(at);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** How many characters of the form stand at this place of the text. */
function matchLength(text: string, place: number, form: string): number {
  let length = 0;
  while (length < form.length && text[place + length] === form[length]) length += 1;
  return length;
}
