// A Rollup plugin: fits Lit to a guest on other people's pages, and leaves out what this element never uses. Each change has
// to find its place: where Lit is written in another way than it used to be, the build fails.

const CHANGES = {
  '/lit-html/lit-html.js': [
    // Lit creates a Trusted Types policy named `lit-html` as soon as it is loaded. A page may have another Lit, or this
    // script twice: ours has its own name, and is created with the first template, which a second copy never comes to.
    [
      /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\):void 0/,
      '$1?{createHTML(html){return(this.policy??=$1.createPolicy("ftlAtlas",$2)).createHTML(html)}}:void 0',
    ],
    // Directives, and expressions in the place of an attribute, which only directives can be.
    [/(function \w+\((\w+),(\w+),\w+=\2,\w+\))\{.+?_\$litDirective\$.+?,\3\}/, '$1{return $3}'],
    [/:6===\w+\.type&&\(\w+=new \w+\(\w+,this,\w+\)\)/, ':0'],
    // Polyfills, and the list of the versions on a page.
    [/,\w+=\w+\.litHtmlPolyfillSupport;.+?Versions\?\?=\[\]\)\.push\(".+?"\);/, ';'],
  ],
  '/lit-element/lit-element.js': [
    // Hydration, polyfills and versions.
    [/,\w+\.litElementHydrateSupport.+?PolyfillSupport;\w+\?\.\(\{LitElement:\w+\}\)/, ''],
    [/\(\w+\.litElementVersions\?\?=\[\]\)\.push\(".+?"\);/, ''],
  ],
  '/@lit/reactive-element/css-tag.js': [
    // Every browser that has what this element needs (AbortSignal.any, light-dark()) adopts style sheets.
    [/(\w+)=\w+\.ShadowRoot&&\(.+?\)&&"adoptedStyleSheets"in Document\.prototype&&.+?\.prototype,/, '$1=!0,'],
    // What it tells who misuses its tags.
    [/throw Error\(.+?\)(?=[};])/g, 'throw Error()'],
  ],
  '/@lit/reactive-element/reactive-element.js': [
    // Attributes that hold JSON.
    [/case Object:case Array:\w+=null==\w+\?\w+:JSON\.stringify\(\w+\)/, ''],
    [/case Object:case Array:try\{.+?\}catch\(\w+\)\{\w+=null\}/, ''],
    // Decorators.
    [/Symbol\.metadata\?\?=.+?new WeakMap;/, ''],
    [/const (\w+)=this\[Symbol\.metadata\];if\(null!==\1\).+?elementProperties\.set\(\w+,\w+\)\}/, ''],
    // Polyfills and versions.
    [/,\w+=\w+\.reactiveElementPolyfillSupport/, ''],
    [/,\w+\?\.\(\{ReactiveElement:\w+\}\),\(.+?Versions\?\?=\[\]\)\.push\(".+?"\)/, ''],
  ],
};

export const leanLit = {
  name: 'lean-lit',
  transform(code, id) {
    const [file, changes] = Object.entries(CHANGES).find(([path]) => id.endsWith(path)) ?? [];
    if (!file) return null;
    const changed = changes.reduce((text, [found, replacement]) => {
      if (text.search(found) < 0) throw new Error(`${file} is written in another way than it used to be: ${found}`);
      return text.replace(found, replacement);
    }, code);
    return { code: changed, map: null };
  },
};
