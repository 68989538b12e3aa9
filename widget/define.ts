import { FtlAtlasDemo } from './ftl-atlas-demo.js';

// No elements where there is no browser, and none twice where the script is on the page twice.
if (globalThis.customElements && !customElements.get('ftl-atlas-demo')) {
  customElements.define('ftl-atlas-demo', FtlAtlasDemo);
}

export type { FtlEventDetails, FtlEvents } from './events.js';
export { FtlAtlasDemo };
