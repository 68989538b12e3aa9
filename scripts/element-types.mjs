// The element's types for pages that are written in TypeScript, self-contained: no name that only this source knows.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './prepare.mjs';

/** The detail of each event in events.ts: as `written` there, and `resolved` to what the names stand for. */
export function eventDetails() {
  const { config } = ts.readConfigFile(join(root, 'widget/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'widget'));
  const file = join(root, 'widget/events.ts');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const details = program.getSourceFile(file).statements.find((node) => node.name?.text === 'FtlEventDetails');
  return new Map(
    details.members.map(({ name, type }) => [
      name.text,
      { written: type.getText(), resolved: resolved(type, checker) },
    ]),
  );
}

function resolved(node, checker) {
  const fields = checker.getTypeAtLocation(node).getProperties();
  const written = fields.map((field) => {
    const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(field, node));
    const nullable = / \| null$/.test(field.valueDeclaration.type.getText()) ? ' | null' : '';
    const text = checker.typeToString(
      type,
      undefined,
      ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias,
    );
    const optional = field.flags & ts.SymbolFlags.Optional ? '?' : '';
    return `${field.name}${optional}: ${text.replaceAll('"', "'")}${nullable}`;
  });
  return `{ ${written.join('; ')} }`;
}

const commented = (description, line) => `/** ${description} */\n${line}`;

const signature = ({ kind, name, type, return: result }) =>
  kind === 'method' ? `${name}(): ${result.type.text}` : `${name}: ${type.text}`;

export function elementTypes({ name, tagName, description, attributes, members, events }) {
  return `${commented(description, `export declare class ${name} extends HTMLElement {`)}
${members.map((member) => commented(member.description, `${signature(member)};`)).join('\n')}
}

/** What can be written on the tag. */
export interface FtlAttributes {
${attributes.map((attribute) => commented(attribute.description, `'${attribute.name}'?: ${attribute.type.text};`)).join('\n')}
}

export interface FtlEvents {
${events.map((event) => commented(event.description, `'${event.name}': ${event.type.text};`)).join('\n')}
}

declare global {
  interface HTMLElementTagNameMap {
    '${tagName}': ${name};
  }
  interface HTMLElementEventMap extends FtlEvents {}
}
`;
}

export function reactTypes({ name, tagName }) {
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ${name}, FtlAttributes, FtlEvents } from './${tagName}.js';

export * from './${tagName}.js';

type Listeners = { [Name in keyof FtlEvents as \`on\${Name}\`]?: (event: FtlEvents[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': DetailedHTMLProps<HTMLAttributes<${name}>, ${name}> & FtlAttributes & Listeners;
    }
  }
}
`;
}

export function vueTypes({ name, tagName, members }) {
  const properties = members.filter(({ kind }) => kind === 'field').map((member) => `'${member.name}'`);
  return `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { ${name}, FtlEvents } from './${tagName}.js';

export * from './${tagName}.js';

type Properties = Partial<Pick<${name}, ${properties.join(' | ')}>>;
type Emits = { [Name in keyof FtlEvents]: (event: FtlEvents[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    '${tagName}': new () => ${name} & { $props: HTMLAttributes & Properties & PublicProps; $emit: EmitFn<Emits> };
  }
}
`;
}
