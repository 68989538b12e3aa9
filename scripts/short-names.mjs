// A Rollup plugin: shortens names that people read in the source and nobody outside uses, the element's private custom
// properties (--_…) and the keys of its texts. Both weigh in every script that uses them.
import { readdirSync, readFileSync } from 'node:fs';

const WIDGET = 'widget';
const PROPERTY = /--_[a-z-]+/g;
const KEY = /^ {2}'([^']+)':/gm;
/** Words of the wire, such as 'run.finished': where a key is called the same, both keep their name. */
const CONTRACT = 'api/contract';
/** A key made at run time, such as `cause.${type}`: the keys that it may become keep their names. */
const MADE_KEY = /`([a-z]+\.[\w.]*)\$\{[^}]*\}([\w.]*)`/g;

const sources = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
    .join('\n');

const read = (path) => readFileSync(`${WIDGET}/${path}`, 'utf8');
const numbered = (names, nameOf) => new Map([...new Set(names)].map((name, at) => [name, nameOf(at)]));

function keysOfTexts() {
  const wire = sources(CONTRACT);
  const made = [...sources(WIDGET).matchAll(MADE_KEY)].map(([, start, end]) => ({ start, end }));
  const isMade = (key) => made.some(({ start, end }) => key.startsWith(start) && key.endsWith(end));
  const keys = [...sources(`${WIDGET}/i18n`).matchAll(KEY)].map(([, key]) => key);
  return keys.filter((key) => !isMade(key) && !wire.includes(`'${key}'`));
}

export function shortNames() {
  const properties = numbered(read('styles/tokens.ts').match(PROPERTY), (at) => `--_${at.toString(36)}`);
  const keys = numbered(keysOfTexts(), String);
  return {
    name: 'short-names',
    transform(code, id) {
      if (!id.includes(`/${WIDGET}/`)) return null;
      const shortened = code
        .replace(PROPERTY, (name) => properties.get(name) ?? name)
        .replace(/(["'])([a-z]+\.[\w.]+)\1/g, (text, quote, key) =>
          keys.has(key) ? quote + keys.get(key) + quote : text,
        );
      return { code: shortened, map: null };
    },
  };
}
