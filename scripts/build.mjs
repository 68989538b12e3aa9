// Bundles the API (packages stay outside) and the widget into dist/, with compressed copies of what is served.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleApi } from './bundle-api.mjs';
import { compressFiles } from './compress.mjs';
import { layOutPackage } from './npm-package.mjs';
import { ensureGenerated, root, run, stampBuild } from './prepare.mjs';

ensureGenerated();
rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundleApi('dist/api');
run(process.execPath, ['node_modules/rollup/dist/bin/rollup', '-c', 'rollup.config.mjs', '--silent']);
copyFileSync(join(root, 'custom-elements.json'), join(root, 'dist/widget/custom-elements.json'));
layOutPackage();
// The examples with a framework, which is in their bundle: the server asks nothing of any other.
await build({
  absWorkingDir: root,
  entryPoints: ['examples/react.jsx', 'examples/vue.js'],
  outdir: 'dist/examples',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  minify: true,
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  logLevel: 'warning',
});
// After the package is laid out, which has none of them.
for (const folder of ['dist/widget', 'dist/examples']) compressFiles(join(root, folder));
stampBuild();
