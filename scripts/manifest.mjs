// Describes the element, from its JSDoc: custom-elements.json for tools, types, custom data for VS Code, and the
// tables of the docs. Writes them; with --check, fails where the ones there are stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { elementTypes, eventDetails, reactTypes, vueTypes } from './element-types.mjs';
import { root } from './prepare.mjs';

const ELEMENT = 'widget/ftl-atlas-demo.ts';
const read = (path) => readFileSync(join(root, path), 'utf8');

/** The default of each custom property, as tokens.ts has it. */
function tokenDefaults() {
  const tokens = read('widget/styles/tokens.ts').matchAll(/var\((--ftl-[a-z-]+), (.+)\);/g);
  return new Map([...tokens].map(([, name, value]) => [name, value.replace(/var\(--_/g, 'var(--ftl-')]));
}

/** The description and the source must name the same things: neither an undocumented one nor one that is not there. */
function complete(what, documented, source, field, value) {
  const names = documented.map(({ name }) => name);
  const missing = [...source.keys()].filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !source.has(name));
  if (missing.length + unknown.length > 0) {
    throw new Error(`${ELEMENT}: ${what} without description: ${missing}; described but not there: ${unknown}`);
  }
  return documented.map((entry) => ({ ...entry, [field]: value(source.get(entry.name)) }));
}

/** A property that is an attribute, too, or a method for the page: what is described and open to all. */
const isPublic = ({ kind, attribute, privacy, description }) =>
  attribute || (kind === 'method' && description && !privacy);

function manifest(details) {
  const source = ts.createSourceFile(ELEMENT, read(ELEMENT), ts.ScriptTarget.ES2022, true);
  const { modules } = create({ modules: [source], plugins: litPlugin() });
  const element = modules[0].declarations.find(({ tagName }) => tagName);
  const { description, tagName, attributes, slots, cssParts } = element;
  const declaration = {
    kind: 'class',
    customElement: true,
    name: element.name,
    tagName,
    description,
    attributes: attributes.map(({ fieldName, ...attribute }) => ({ ...attribute, fieldName })),
    members: element.members.filter(isPublic).map(({ privacy, ...member }) => member),
    events: complete('events', element.events, details, 'type', ({ resolved }) => ({
      text: `CustomEvent<${resolved}>`,
    })),
    slots,
    cssParts,
    cssProperties: complete('custom properties', element.cssProperties, tokenDefaults(), 'default', (value) => value),
  };
  const path = 'ftl-atlas-demo.js';
  return {
    schemaVersion: '2.1.0',
    modules: [
      {
        kind: 'javascript-module',
        path,
        declarations: [declaration],
        exports: [
          { kind: 'js', name: element.name, declaration: { name: element.name, module: path } },
          { kind: 'custom-element-definition', name: tagName, declaration: { name: element.name, module: path } },
        ],
      },
    ],
  };
}

/** The values of a type such as `'light' | 'dark'`; none for an open one. */
const literals = (type) => [...type.matchAll(/'([^']*)'/g)].map(([, name]) => ({ name }));

function htmlData({ tagName, description, attributes }) {
  const described = attributes.map(({ name, description, type }) => {
    const values = literals(type.text);
    return { name, description, ...(values.length > 0 && { values }) };
  });
  return { version: 1.1, tags: [{ name: tagName, description, attributes: described }] };
}

function cssData({ cssProperties }) {
  return { version: 1.1, properties: cssProperties.map(({ name, description }) => ({ name, description })) };
}

/** A table of the docs; a bar in a cell would end it. */
function table(heads, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const code = (text) => `\`${text}\``;
const TABLES = {
  attributes: ({ attributes }) =>
    table(
      ['attribute', 'value', 'meaning'],
      attributes.map(({ name, type, description }) => [code(name), code(type.text), description]),
    ),
  events: ({ events }) =>
    table(
      ['event', 'detail', 'when'],
      events.map(({ name, description }) => [code(name), code(details.get(name).written), description]),
    ),
  methods: ({ members }) =>
    table(
      ['method', 'returns', 'meaning'],
      members
        .filter(({ kind }) => kind === 'method')
        .map((method) => [code(`${method.name}()`), code(method.return.type.text), method.description]),
    ),
  slots: ({ slots }) =>
    table(
      ['slot', 'meaning'],
      slots.map(({ name, description }) => [code(name), description]),
    ),
  parts: ({ cssParts }) =>
    table(
      ['part', 'what it is'],
      cssParts.map(({ name, description }) => [code(name), description]),
    ),
  properties: ({ cssProperties }) =>
    table(
      ['property', 'default', 'meaning'],
      cssProperties.map((property) => [code(property.name), code(property.default), property.description]),
    ),
};

/** The same text with the tables between its `<!-- table: name -->` and `<!-- end -->` as the element has them now. */
const withTables = (text, element) =>
  text.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start, name, end) => `${start}\n${TABLES[name](element)}\n\n${end}`,
  );

/** As the rest of the source is formatted. */
function formatted(path, text) {
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, biome, { cwd: root, input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path} cannot be formatted: ${stderr}`);
  return stdout;
}

const json = (data) => `${JSON.stringify(data, null, 2)}\n`;
const details = eventDetails();
const described = manifest(details);
const [element] = described.modules[0].declarations;
const files = {
  'custom-elements.json': json(described),
  'docs/vscode.html-data.json': json(htmlData(element)),
  'docs/vscode.css-data.json': json(cssData(element)),
  'types/ftl-atlas-demo.d.ts': formatted('types/ftl-atlas-demo.d.ts', elementTypes(element)),
  'types/react.d.ts': formatted('types/react.d.ts', reactTypes(element)),
  'types/vue.d.ts': formatted('types/vue.d.ts', vueTypes(element)),
  'docs/embedding.md': withTables(read('docs/embedding.md'), element),
  'README.md': withTables(read('README.md'), element),
};
const checking = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(files)) {
  if (!checking) {
    writeFileSync(join(root, path), text);
  } else if (!existsSync(join(root, path)) || read(path) !== text) {
    console.error(`${path} is stale: run npm run manifest`);
    stale += 1;
  }
}
console.log(`${Object.keys(files).length} files, ${stale} stale`);
if (stale > 0) process.exitCode = 1;
