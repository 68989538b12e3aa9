import { isFirstCopy } from '../first-copy.js';

/** Registers an element, unless another copy of this script has, or is the one that does. */
export function defineOnce(name: string, element: CustomElementConstructor): void {
  if (isFirstCopy && !customElements.get(name)) customElements.define(name, element);
}
