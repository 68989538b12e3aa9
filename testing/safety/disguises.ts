const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');
const eachOf = (write: (character: string) => string) => (key: string) => [...key].map(write).join('');
const signsOf = (write: (character: string) => string) =>
  eachOf((character) => (/[a-z0-9]/i.test(character) ? character : write(character)));

/** As base64 shows the key behind so many other bytes, without the first and last characters, which others share. */
const inBase64 = (encoding: 'base64' | 'base64url', offset: number) => (key: string) =>
  Buffer.from(' '.repeat(offset) + key)
    .toString(encoding)
    .replace(/=+$/, '')
    .slice(offset === 0 ? 0 : offset + 1, -1);

const EACH_IN_TURN = [
  (character: string) => character,
  (character: string) => `%${hex(character)}`,
  (character: string) => `\\u00${hex(character)}`,
  (character: string) => `&#x${hex(character)};`,
  (character: string) => `&#${character.charCodeAt(0)};`,
  (character: string) => `%${hex(character).toUpperCase()}`,
];

/** The ways in which an endpoint, or a mistake of ours, may write a key. Told apart from the product's own list. */
export const DISGUISES: Record<string, (key: string) => string> = {
  plain: (key) => key,
  'in capitals': (key) => key.toUpperCase(),
  'in small letters': (key) => key.toLowerCase(),
  'without its first characters': (key) => key.slice(5),
  'without its last characters': (key) => key.slice(0, -7),
  'masked in the middle': (key) => `${key.slice(0, 14)}****${key.slice(-3)}`,
  'URL-encoded': encodeURIComponent,
  'URL-encoded in small letters': signsOf((character) => `%${hex(character)}`),
  'URL-encoded throughout': eachOf((character) => `%${hex(character).toUpperCase()}`),
  'URL-encoded twice': (key) => encodeURIComponent(encodeURIComponent(key)),
  'in JSON': (key) => JSON.stringify(key).slice(1, -1),
  'in JSON as PHP writes it': (key) => JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/'),
  'in JSON with code points': signsOf((character) => `\\u00${hex(character)}`),
  'in JSON with code points throughout': eachOf((character) => `\\u00${hex(character)}`),
  'in HTML': (key) => key.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('/', '&sol;'),
  'in HTML with numbers': signsOf((character) => `&#${character.charCodeAt(0)};`),
  'in HTML with hexadecimal numbers': signsOf((character) => `&#x${hex(character).toUpperCase()};`),
  'in HTML with numbers throughout': eachOf((character) => `&#${character.charCodeAt(0)};`),
  'each character in another way': (key) =>
    [...key].map((character, at) => EACH_IN_TURN[at % EACH_IN_TURN.length]!(character)).join(''),
  'with soft hyphens': eachOf((character) => `${character}\u00ad`),
  'with characters of no width': eachOf((character) => `${character}\u200b`),
  'in base64': inBase64('base64', 0),
  'in base64 behind one byte': inBase64('base64', 1),
  'in base64 behind two bytes': inBase64('base64', 2),
  'in base64url': inBase64('base64url', 0),
  'in base64url behind one byte': inBase64('base64url', 1),
  'in base64url behind two bytes': inBase64('base64url', 2),
};
