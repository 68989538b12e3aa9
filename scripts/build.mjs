// Bundles the API (packages stay outside) and the widget into dist/.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ensureGenerated, root, run, stampBuild } from './prepare.mjs';

ensureGenerated();
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { server: 'api/server.ts', 'pdf-worker': 'api/exports/pdf-worker.ts' },
  outdir: 'dist/api',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
});
run(process.execPath, ['node_modules/rollup/dist/bin/rollup', '-c', 'rollup.config.mjs', '--silent']);
copyFileSync(join(root, 'custom-elements.json'), join(root, 'dist/widget/custom-elements.json'));
stampBuild();
