import { isFirstCopy } from './first-copy.js';
import { FtlAtlasDemo } from './ftl-atlas-demo.js';

if (isFirstCopy) customElements.define('ftl-atlas-demo', FtlAtlasDemo);

export type { FtlEventDetails, FtlEvents } from './events.js';
export { FtlAtlasDemo };
