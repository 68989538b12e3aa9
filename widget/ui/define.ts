/** Registers an element unless its name is taken: the script may be on a page twice, from two addresses. */
export function defineOnce(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
