/** The language of the page where a node is, across shadow roots; empty where none is given. */
export function languageAround(node: Node): string {
  const parent = node.parentNode ?? (node as ShadowRoot).host;
  return parent ? (parent as HTMLElement).lang || languageAround(parent) : '';
}
