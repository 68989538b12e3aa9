// Lays out the npm package of the element in dist/npm: the modules with all that they need inside, types, and what tools
// read. Applications install this; pages load the same modules from the server.
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './prepare.mjs';

const FOLDER = join(root, 'dist', 'npm');
const FROM_REPOSITORY = ['types/ftl-atlas-demo.d.ts', 'types/react.d.ts', 'types/vue.d.ts', 'custom-elements.json'];
const FOR_EDITORS = ['docs/vscode.html-data.json', 'docs/vscode.css-data.json'];

const README = `# FineTuneLab Atlas Demo

\`\`\`js
import '@finetunelab/atlas-demo';
\`\`\`

\`\`\`html
<ftl-atlas-demo api-url="https://demo.example"></ftl-atlas-demo>
\`\`\`

\`demo.example\` is the server that runs the demo; there is no default in a bundle. With React, import
\`@finetunelab/atlas-demo/react\` instead, with Vue \`@finetunelab/atlas-demo/vue\`: they bring the types for JSX and for
templates. The server describes all else at \`/docs\`.
`;

/** Only the types differ. Importing the package where there is no browser defines nothing and throws nothing. */
const FOR_FRAMEWORK = "export * from './ftl-atlas-demo.js';\n";

function manifest() {
  const { name, version, license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    exports: {
      '.': { types: './ftl-atlas-demo.d.ts', default: './ftl-atlas-demo.js' },
      './react': { types: './react.d.ts', default: './react.js' },
      './vue': { types: './vue.d.ts', default: './vue.js' },
      './custom-elements.json': './custom-elements.json',
      './vscode.html-data.json': './vscode.html-data.json',
      './vscode.css-data.json': './vscode.css-data.json',
      './package.json': './package.json',
    },
    types: './ftl-atlas-demo.d.ts',
    customElements: 'custom-elements.json',
    // Importing it defines the element.
    sideEffects: true,
    peerDependencies: { '@types/react': '>=19', vue: '>=3.4' },
    peerDependenciesMeta: { '@types/react': { optional: true }, vue: { optional: true } },
  };
}

export function layOutPackage() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  cpSync(join(root, 'dist/widget/chunks'), join(FOLDER, 'chunks'), { recursive: true });
  for (const script of ['ftl-atlas-demo.js', 'ftl-atlas-demo.js.map'])
    copyFileSync(join(root, 'dist/widget', script), join(FOLDER, script));
  nameSourceMaps();
  for (const path of [...FROM_REPOSITORY, ...FOR_EDITORS])
    copyFileSync(join(root, path), join(FOLDER, path.split('/')[1] ?? path));
  for (const script of ['react.js', 'vue.js']) writeFileSync(join(FOLDER, script), FOR_FRAMEWORK);
  writeFileSync(join(FOLDER, 'README.md'), README);
  writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}

/** In each script, where tools look for the name of its map: there is no server here to say it in a header. */
function nameSourceMaps() {
  for (const script of readdirSync(FOLDER, { recursive: true }).filter((path) => path.endsWith('.js')))
    appendFileSync(join(FOLDER, script), `//# sourceMappingURL=${basename(script)}.map\n`);
}
