import { isFirstCopy } from './first-copy.js';
import { FtlAtlasDemo } from './ftl-atlas-demo.js';

// Two addresses on one server share all chunks but not this file: for both of them it is the first copy.
if (isFirstCopy && !customElements.get('ftl-atlas-demo')) customElements.define('ftl-atlas-demo', FtlAtlasDemo);

export type { FtlEventDetails, FtlEvents } from './events.js';
export { FtlAtlasDemo };
