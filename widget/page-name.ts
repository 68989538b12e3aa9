/** Who has which name. Weak: an element that has left the page is not kept. */
const owners = new Map<string, WeakRef<Element>>();

/**
 * A name that no other element on the page has, in whatever shadow root: its id with the first free number. On a reload,
 * elements that arrive in the same order have the same names.
 */
export function takeName(element: Element): string {
  let name: string;
  let count = 0;
  do name = `${element.id}#${count++}`;
  while (owners.get(name)?.deref()?.isConnected);
  owners.set(name, new WeakRef(element));
  return name;
}
