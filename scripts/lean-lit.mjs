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
    // Directives, and what only they ask a part for: its kind, its place, and whether it is on the page.
    [/(function \w+\(\w+,(\w+)),\w+=\w+,\w+\)\{.+?_\$litDirective\$.+?,\2\}/, '$1){return $2}'],
    [/constructor\([\w,]*\)\{super\([\w,.]+\),this\.type=\d\}/g, ''],
    [/this\.type=\d,/g, ''],
    [/get (parentNode|startNode|endNode|tagName|_\$AU)\(\)\{.+?\}/g, ''],
    [/setConnected\(\w+\)\{.+?\}/, ''],
    [/,this\._\$Cv=\w+\?\.isConnected\?\?!0/, ''],
    [/this\._\$AN=void 0,/g, ''],
    [/this\._\$AP\?\.\(!1,!0,\w+\)(?=;)/, ''],
    // Expressions in the place of an attribute, which only directives can be, and in comments.
    [/else \w+\.startsWith\(\w+\)&&\(\w+\.push\(\{type:6,index:\w+\}\),\w+\.removeAttribute\(\w+\)\)/, ''],
    [/:6===\w+\.type&&\(\w+=new \w+\(\w+,this,\w+\)\)/, ''],
    [/1===(\w+)\.type\?(\w+=new \1\.ctor)/, '$2'],
    [/else\{let \w+=-1;for\(.+?\.length-1\}/, ''],
    // Event listeners that are objects, or have options.
    [/\|\|\w+\.capture!==.+?\.passive!==\w+\.passive/, ''],
    [/"function"==typeof this\._\$AH\?(.+?):this\._\$AH\.handleEvent\(\w+\)/, '$1'],
    // Comments in templates, which the build leaves out.
    [/"!--"===(\w+)\[1\]\?\w+=\w+:void 0!==\1\[1\]\?\w+=\w+:/, ''],
    [/:(\w+)===\w+\|\|\1===\w+\?\1=\w+(?=:\(\1=)/, ''],
    // MathML, templates that were compiled ahead, and content that Lit is to stand before.
    [/:3===\w+\?"<\/?math>":""/g, ':""'],
    [/(2===\w+)\|\|3===\w+/, '$1'],
    [/"number"==typeof \w+\?(this\._\$AC\(\w+\)):.+?,\w+\);/, '$1;'],
    [/\w+\?\.renderBefore\?\?/g, ''],
    [/\(\w+\?\.creationScope\?\?(\w+)\)/, '$1'],
    // Polyfills, and the list of the versions on a page.
    [/,\w+=\w+\.litHtmlPolyfillSupport;.+?Versions\?\?=\[\]\)\.push\(".+?"\);/, ';'],
  ],
  '/lit-element/lit-element.js': [
    // What is told to directives, and content that Lit is to stand before.
    [/createRenderRoot\(\)\{.+?\}(?=update)/, ''],
    [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
    [/(?<=\})connectedCallback\(\).+?setConnected\(!1\)\}/, ''],
    // Hydration, polyfills and versions.
    [/,\w+\.litElementHydrateSupport.+?PolyfillSupport;\w+\?\.\(\{LitElement:\w+\}\)/, ''],
    [/\(\w+\.litElementVersions\?\?=\[\]\)\.push\(".+?"\);/, ''],
  ],
  '/@lit/reactive-element/css-tag.js': [
    // Every browser that has what this element needs (AbortSignal.any, light-dark()) adopts style sheets.
    [/(\w+)=\w+\.ShadowRoot&&\(.+?\)&&"adoptedStyleSheets"in Document\.prototype&&.+?\.prototype,/, '$1=!0,'],
    // One style sheet for the same template twice.
    [/const \w+=this\.t;/, ''],
    [/const (\w+)=void 0!==\w+&&1===\w+\.length;\1&&\(\w+=\w+\.get\(\w+\)\),/, ''],
    [/,\w+&&\w+\.set\(\w+,\w+\)/, ''],
    [/toString\(\)\{.+?\}/, ''],
    // What it tells who misuses its tags.
    [/throw Error\(.+?\)(?=[};])/g, 'throw Error()'],
  ],
  '/@lit/reactive-element/reactive-element.js': [
    // Attributes that hold JSON.
    [/case Object:case Array:\w+=null==\w+\?\w+:JSON\.stringify\(\w+\)/, ''],
    [/case Object:case Array:try\{.+?\}catch\(\w+\)\{\w+=null\}/, ''],
    // Converters and comparisons of one's own.
    [/,converter:\w+,reflect:!1,useDefault:!1,hasChanged:\w+/, ''],
    [/\(void 0!==\w+\.converter\?\.toAttribute\?\w+\.converter:(\w+)\)/, '$1'],
    [/"function"==typeof (\w+)\.converter\?.+?\1\.converter:(\w+);/, '$2;'],
    [/\(\w+\.hasChanged\?\?(\w+)\)/, '$1'],
    // Properties without accessors, with accessors of one's own, and named by symbols.
    [/\w+\.state&&\(\w+\.attribute=!1\),/, ''],
    [/this\.prototype\.hasOwnProperty\(\w+\)&&\(\((\w+)=Object\.create\(\1\)\)\.wrapped=!0\),/, ''],
    [/if\((this\._\$Ei\(\),this\.elementProperties\.set\(\w+,\w+\)),!\w+\.noAccessor\)(\{.+?\})(?=\})/, '$1;$2'],
    [/void 0!==(\w+)&&(\w+\(this\.prototype,\w+,\1\))/, '$2'],
    [
      /const\{get:(\w+),set:(\w+)\}=.+?return this\[(\w+)\].+?set\((\w+)\)\{const (\w+)=\1\?\.call\(this\);\2\?\.call\(this,\4\),/,
      'return{get(){return this[$3]},set(value){const $5=this[$3];this[$3]=value,',
    ],
    [/,wrapped:\w+(\}.+?),!0!==\w+\|\|void 0!==\w+\)/, '$1,!0)'],
    [/const (\w+)=this\.constructor\.elementProperties;if\(\1\.size>0\).+?this\.C\(.+?\)\}/, ''],
    [/\[\.\.\.(\w+\(\w+\)),\.\.\.\w+\(\w+\)\]/, '$1'],
    // Updates that are turned down.
    [/(\w+)=this\.shouldUpdate\(\w+\),\1\?\((.+?)\):this\._\$EM\(\)(?=\})/, '$1=!0,$2'],
    [/shouldUpdate\(\w+\)\{.+?\}/, ''],
    [/return this\.getUpdateComplete\(\)\}getUpdateComplete\(\)\{/, ''],
    [/this\._\$EO\?\.forEach\(\w+=>\w+\.hostUpdate\?\.\(\)\),/, ''],
    // Decorators.
    [/static addInitializer.+?\}(?=static)/, ''],
    [/void 0!==(\w+)\.l&&\(this\.l=\[\.\.\.\1\.l\]\),/, ''],
    [/,this\.constructor\.l\?\.forEach\(\w+=>\w+\(this\)\)/, ''],
    [/Symbol\.metadata\?\?=.+?new WeakMap;/, ''],
    [/const (\w+)=this\[Symbol\.metadata\];if\(null!==\1\).+?elementProperties\.set\(\w+,\w+\)\}/, ''],
    // Polyfills and versions.
    [/,\w+=\w+\.reactiveElementPolyfillSupport/, ''],
    [/,\w+\?\.\(\{ReactiveElement:\w+\}\),\(.+?Versions\?\?=\[\]\)\.push\(".+?"\)/, ''],
  ],
};

/** Lit's own members, which begin with _$: shorter, and still nobody else's. */
const PRIVATE = /_\$(?=[A-Z])/g;

export const leanLit = {
  name: 'lean-lit',
  transform(code, id) {
    const [file, changes] = Object.entries(CHANGES).find(([path]) => id.endsWith(path)) ?? [];
    if (!file) return null;
    const changed = changes.reduce((text, [found, replacement]) => {
      if (text.search(found) < 0) throw new Error(`${file} is written in another way than it used to be: ${found}`);
      return text.replace(found, replacement);
    }, code);
    return { code: changed.replace(PRIVATE, '$$'), map: null };
  },
};
