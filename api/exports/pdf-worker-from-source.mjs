// Tests and development run from TypeScript, which a thread of Node 20 cannot be told to load by an option.
import { tsImport } from 'tsx/esm/api';

await tsImport('./pdf-worker.ts', import.meta.url);
