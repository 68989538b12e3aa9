// A Rollup plugin: gives the private members of each class the same few names. The minifier gives one name everywhere to what
// has one name in the source, and only within a class do names need to differ: what comes again compresses better.

/** The source with each class's private members called #m0, #m1 … in the order of their declarations. */
function withSharedNames(code, ast) {
  const renamed = [];
  const visit = (node, scope) => {
    if (node.type === 'PrivateIdentifier') renamed.push({ ...node, name: scope.get(node.name) });
    const inner = node.type === 'ClassBody' ? new Map([...scope, ...membersOf(node)]) : scope;
    for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child, inner);
  };
  visit(ast, new Map());
  let end = 0;
  const pieces = [];
  for (const { start, end: next, name } of renamed.sort((a, b) => a.start - b.start)) {
    pieces.push(code.slice(end, start), name);
    end = next;
  }
  return pieces.join('') + code.slice(end);
}

function membersOf({ body }) {
  const names = body.filter(({ key }) => key?.type === 'PrivateIdentifier').map(({ key }) => key.name);
  return [...new Set(names)].map((name, at) => [name, `#m${at}`]);
}

export const privateNames = {
  name: 'private-names',
  transform(code, id) {
    return id.includes('/widget/') && code.includes('#')
      ? { code: withSharedNames(code, this.parse(code)), map: null }
      : null;
  },
};
