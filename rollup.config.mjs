import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { removeCompressed } from './scripts/compress.mjs';
import { unstampBuild } from './scripts/prepare.mjs';
import { shortNames } from './scripts/short-names.mjs';

const OUTPUT = 'dist/widget';

/**
 * Lit creates a Trusted Types policy named `lit-html` as soon as it is loaded. A page may have another Lit, or this script
 * twice: so ours has its own name, and is created with the first template, which a second copy never comes to.
 */
const ownTrustedTypesPolicy = {
  name: 'own-trusted-types-policy',
  transform(code, id) {
    if (!id.endsWith('/lit-html/lit-html.js')) return null;
    const created = /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\):void 0/;
    if (!created.test(code)) throw new Error('Lit creates its Trusted Types policy in another way than it used to');
    const later = '$1?{createHTML(html){return(this.policy??=$1.createPolicy("ftlAtlas",$2)).createHTML(html)}}:void 0';
    return { code: code.replace(created, later), map: null };
  },
};

/**
 * Every browser that has what this element needs (AbortSignal.any, light-dark()) adopts style sheets. Lit's way around for
 * those that do not, and what it tells who misuses its tags, are left out.
 */
const adoptedStylesOnly = {
  name: 'adopted-styles-only',
  transform(code, id) {
    if (!id.endsWith('/@lit/reactive-element/css-tag.js')) return null;
    const support = /(\w+)=\w+\.ShadowRoot&&\(.+?\)&&"adoptedStyleSheets"in Document\.prototype&&.+?\.prototype,/;
    if (!support.test(code)) throw new Error('Lit finds out about adopted style sheets in another way than it used to');
    return { code: code.replace(support, '$1=!0,').replace(/throw Error\(.+?\)(?=[};])/g, 'throw Error()'), map: null };
  },
};

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
    ownTrustedTypesPolicy,
    adoptedStylesOnly,
    shortNames(),
    esbuild({ target: 'es2022', tsconfig: 'widget/tsconfig.json' }),
    // In SVG the closing slash matters: without it the next shape would be a child of the one before.
    minifyTemplateLiterals({ include: ['widget/**/*.ts'], options: { minifyOptions: { keepClosingSlash: true } } }),
  ],
};
const finish = [
  importableInNode,
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 3 },
    format: { comments: /^!/ },
  }),
  subresourceIntegrity,
  noOldCopies,
];

const ENTRY = /\/widget\/define\.ts$/;
const VISIT = /\/widget\/(visit-entry|steps\/\w+-step)\.ts$/;

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
      generatedCode: 'es2015',
      sourcemap: true,
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
      sourcemap: true,
      entryFileNames: '[name].iife.js',
      plugins: finish,
    },
  },
];
