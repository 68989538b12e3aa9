// Runs in the visitor's page: what a person would meet there, read from computed styles in every open shadow tree.

function everything(root = document) {
  return [...root.querySelectorAll('*')].flatMap((element) =>
    element.shadowRoot ? [element, ...everything(element.shadowRoot)] : [element],
  );
}

const visible = () => everything().filter((element) => element.checkVisibility({ visibilityProperty: true }));
const nameOf = (element) => element.getAttribute('aria-label') || (element.labels?.[0] ?? element).textContent.trim();
const describe = (element) => `<${element.localName} class="${element.className}"> ${nameOf(element).slice(0, 40)}`;
const isClear = (color) => color === 'transparent' || /^rgba\(.*, 0\)$/.test(color);

function focused() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** The element and what it is in, through the edges of shadow trees. */
function* outwards(element) {
  for (let at = element; at instanceof Element; at = at.parentNode?.host ?? at.parentNode) yield at;
}

function elementAt(x, y, root = document) {
  const found = root.elementFromPoint(x, y);
  const inner = found?.shadowRoot;
  return inner && inner !== root ? (elementAt(x, y, inner) ?? found) : found;
}

/** WCAG 2.4.11: something of what has the focus is in sight. */
function isHidden(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const rows = [top + 4, (top + bottom) / 2, bottom - 4];
  const columns = [left + 4, (left + right) / 2, right - 4];
  const points = rows.flatMap((y) => columns.map((x) => [x, y]));
  return !points.some(([x, y]) => [...outwards(elementAt(x, y))].includes(element));
}

const hasOutline = (element) => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !isClear(outlineColor);
};

const hasBorder = (element) => {
  const { borderBottomStyle, borderBottomWidth, borderBottomColor } = getComputedStyle(element);
  return borderBottomStyle !== 'none' && Number.parseFloat(borderBottomWidth) > 0 && !isClear(borderBottomColor);
};

/** The control itself, or the card, form, chip or cell that draws its edge for it. */
const nearest = (element) => [...outwards(element)].slice(0, 3);

globalThis.seen = {
  /** CSS pixels that the page reaches beyond the window. */
  overflow: () => Math.max(0, document.documentElement.scrollWidth - innerWidth),

  /** Elements that would move, or do. */
  moving: () =>
    visible()
      .filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        const runs = element.getAnimations({ subtree: true }).length > 0;
        return runs || animationName !== 'none' || transitionDuration.split(',').some((time) => time.trim() !== '0s');
      })
      .map(describe),

  /** Controls whose edge is gone. A summary and a link are text, and look like it. */
  withoutEdge: () =>
    visible()
      .filter((element) => element.matches('button, input, select, textarea, progress, a.button'))
      .filter((element) => !nearest(element).some(hasBorder))
      .map(describe),

  /** What the Tab key has led to, and what is wrong with how its focus looks. */
  focus: () => {
    const element = focused();
    return {
      name: nameOf(element),
      type: element.type ?? element.localName,
      isMarked: nearest(element).some(hasOutline),
      isHidden: isHidden(element),
      what: describe(element),
    };
  },
};
