/**
 * Whether no other copy of this script has defined the element before, as pages do that load it from two addresses. A
 * later copy defines nothing at all: elements of two copies in one tree would not fit.
 */
export const isFirstCopy = globalThis.customElements !== undefined && !customElements.get('ftl-atlas-demo');
