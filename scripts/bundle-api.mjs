import { build } from 'esbuild';
import { root } from './prepare.mjs';

/** Bundles the API's processes; packages stay outside, so `outdir` must be below the repository. */
export function bundleApi(outdir) {
  return build({
    absWorkingDir: root,
    entryPoints: { server: 'api/server.ts', 'pdf-worker': 'api/exports/pdf-worker.ts' },
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
}
