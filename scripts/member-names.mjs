// A Rollup plugin: shortens the names of members that only the element's own scripts use, Lit's among them. The minifier
// leaves members alone: it cannot know who else uses one.
import { readdirSync, readFileSync } from 'node:fs';

/** In camel case, so that no sentence has one. None may be a word of the wire, of the browser, or of the pages around. */
const NAMES = `
  activeRun addController advancedSettings askWithout asTable cancelRun cleanUp clockOffsetMs createProperty
  createRenderRoot describedBy elementProperties elementStyles enableUpdating failedFirst finalizeStyles firstUpdated
  focusHeading fromAttribute getPropertyDescriptor getPropertyOptions hasUpdated hostConnected hostDisconnected
  hostUpdated isNeeded isPresent isUpdatePending keepResults keyPrefix keyShown keysUrl loadFailed
  modelExample onBlur onChange onClick onConfirm onFailed onFailedFirst onInput onLink onOpen onPaste onRefuse
  onResume onRetry onSample onSet onShow onUpdate ownPrompts ownPromptsError ownPromptsField ownText parseCurl
  performUpdate pollTransport providerName renderOptions runEvents scheduleUpdate signUp socketUrl startRun
  streamTransport toAttribute urlExample useDefault visitState willUpdate
`
  .trim()
  .split(/\s+/);
const SHORT = new Map(NAMES.map((name, at) => [name, `$${at.toString(36)}`]));
const WORD = /(?<![\w$-])[a-z]+[A-Z]\w*(?![\w$-])/g;
const MODULE = /\/widget\/|\/node_modules\/(lit|lit-html|lit-element|@lit\/reactive-element)\//;

const CONTRACT = 'api/contract';

/** The names that have become words of the wire: shortened, they would be understood by no server. */
function wordsOfTheWire() {
  const wire = readdirSync(CONTRACT)
    .map((file) => readFileSync(`${CONTRACT}/${file}`, 'utf8'))
    .join('\n');
  const words = new Set(wire.match(WORD));
  return [...SHORT.keys()].filter((name) => words.has(name));
}

export function memberNames() {
  const unseen = new Set(SHORT.keys());
  const taken = wordsOfTheWire();
  if (taken.length > 0) throw new Error(`Members and words of the wire are called alike: ${taken.join(', ')}`);
  return {
    name: 'member-names',
    transform(code, id) {
      if (!MODULE.test(id)) return null;
      const shorten = (word) => {
        unseen.delete(word);
        return SHORT.get(word) ?? word;
      };
      return { code: code.replace(WORD, shorten), map: null };
    },
    buildEnd(error) {
      if (!error && unseen.size > 0) throw new Error(`No member is called so any more: ${[...unseen].join(', ')}`);
    },
  };
}
