// A Rollup plugin, after short-names: a dictionary's texts have numbers for keys by then, and are written as a list, which
// needs no keys at all: {...["Back", "Next"], "unit.ms": "ms"} has the keys 0 and 1.

const NUMBER = /^\d+$/;

/** An object's source with its numbered entries as a list; the others, and what is spread into it, stay as they are. */
function asList(object, code) {
  const source = ({ start, end }) => code.slice(start, end);
  const isNumbered = ({ key }) => NUMBER.test(key?.value);
  // Where a number is another dictionary's, its place is left empty.
  const list = [];
  for (const { key, value } of object.properties.filter(isNumbered)) list[key.value] = source(value);
  const others = object.properties.filter((entry) => !isNumbered(entry)).map(source);
  return `{${[`...[${list.join()},]`, ...others].join()}}`;
}

export const textLists = {
  name: 'text-lists',
  transform(code, id) {
    if (!/\/widget\/i18n\/(en|de|ar)\b/.test(id)) return null;
    let text = code;
    // From the last to the first: what comes before keeps its place.
    for (const { declaration } of this.parse(code).body.reverse()) {
      const object = declaration?.declarations?.[0].init;
      if (object?.type !== 'ObjectExpression') continue;
      text = text.slice(0, object.start) + asList(object, code) + text.slice(object.end);
    }
    return { code: text, map: null };
  },
};
