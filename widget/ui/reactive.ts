import type { PropertyDeclarations } from 'lit';

/** Fields that render their element anew when they change, and are no attributes: the inner parts are given objects. */
export const reactive = (...names: string[]): PropertyDeclarations =>
  Object.fromEntries(names.map((name) => [name, { attribute: false }]));
