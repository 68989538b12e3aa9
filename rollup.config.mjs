import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { removeCompressed } from './scripts/compress.mjs';
import { leanLit } from './scripts/lean-lit.mjs';
import { memberNames } from './scripts/member-names.mjs';
import { unstampBuild } from './scripts/prepare.mjs';
import { privateNames } from './scripts/private-names.mjs';
import { shortNames } from './scripts/short-names.mjs';
import { textLists } from './scripts/text-lists.mjs';

const OUTPUT = 'dist/widget';

/**
 * Lit touches the DOM as soon as it is evaluated. Stand-ins let a server import the script, which does nothing there.
 */
const importableInNode = {
  name: 'importable-in-node',
  renderChunk(code, { moduleIds }) {
    if (!moduleIds.some((id) => id.endsWith('/lit-html/lit-html.js'))) return null;
    const standIns =
      'const HTMLElement=globalThis.HTMLElement??class{},document=globalThis.document??{createTreeWalker(){},createComment(){}};';
    return { code: `${standIns}${code}`, map: null };
  },
};

/** sri.json: each script's name and integrity, for script tags and import maps. The second build adds to the first's. */
const subresourceIntegrity = {
  name: 'subresource-integrity',
  writeBundle({ dir, format }, bundle) {
    const path = join(dir, 'sri.json');
    const integrities = format === 'es' ? {} : JSON.parse(readFileSync(path, 'utf8'));
    for (const { type, fileName, code } of Object.values(bundle)) {
      if (type !== 'chunk') continue;
      integrities[fileName] = `sha384-${createHash('sha384').update(code).digest('base64')}`;
    }
    writeFileSync(path, `${JSON.stringify(integrities, null, 2)}\n`);
  },
};

/** While Rollup watches, scripts are written that a build has not compressed: its copies are of the ones before. */
const noOldCopies = {
  name: 'no-old-copies',
  writeBundle({ dir }) {
    removeCompressed(dir);
    unstampBuild();
  },
};

const shared = {
  input: { 'ftl-atlas-demo': 'widget/define.ts' },
  plugins: [
    nodeResolve(),
    leanLit,
    shortNames(),
    memberNames(),
    esbuild({ target: 'es2022', tsconfig: 'widget/tsconfig.json' }),
    privateNames,
    textLists,
    // In SVG the closing slash matters: without it the next shape would be a child of the one before.
    minifyTemplateLiterals({ include: ['widget/**/*.ts'], options: { minifyOptions: { keepClosingSlash: true } } }),
  ],
};
const finish = [
  importableInNode,
  terser({
    ecma: 2022,
    module: true,
    // No getter here does more than to get, no function is a constructor, and none is asked how many arguments it takes.
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, keep_fargs: false },
    format: { comments: /^!/ },
  }),
  subresourceIntegrity,
  noOldCopies,
];

const ENTRY = /\/widget\/define\.ts$/;
const VISIT = /\/widget\/visit-entry\.ts$/;

/**
 * Small scripts compress badly one by one. So there are two: what a page loads, and, once the visitor starts, what every
 * visit needs, all steps in one. What is imported only where it is asked for stays apart, and so do languages.
 */
function manualChunks(id, { getModuleInfo }) {
  const isImportedBy = (roots, module = id, seen = new Set()) => {
    if (roots.test(module)) return true;
    if (seen.has(module)) return false;
    seen.add(module);
    return getModuleInfo(module).importers.some((importer) => isImportedBy(roots, importer, seen));
  };
  return isImportedBy(VISIT) && !isImportedBy(ENTRY) ? 'visit' : undefined;
}

export default [
  {
    ...shared,
    // The second is the script of the page that an isolated element shows in its frame.
    input: { ...shared.input, 'ftl-atlas-frame': 'widget/isolated/frame.ts' },
    output: {
      dir: OUTPUT,
      format: 'es',
      // The steps' namespaces are for nobody but import(): there is no need to freeze them.
      freeze: false,
      generatedCode: { preset: 'es2015', symbols: false },
      // The server says in a header where a script's map is.
      sourcemap: 'hidden',
      entryFileNames: '[name].js',
      manualChunks,
      onlyExplicitManualChunks: true,
      chunkFileNames: 'chunks/[name]-[hash].js',
      plugins: finish,
    },
  },
  {
    ...shared,
    output: {
      dir: OUTPUT,
      format: 'iife',
      name: 'FtlAtlasDemoElement',
      inlineDynamicImports: true,
      sourcemap: 'hidden',
      entryFileNames: '[name].iife.js',
      plugins: finish,
    },
  },
];
