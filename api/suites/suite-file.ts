import { Type } from 'typebox';
import { Suite } from '../contract/session.js';

const { id, domain, name, description, prompts } = Suite.properties;
const { category, prompt } = prompts.items.properties;

/**
 * A suite as people write it: the contract's Suite without the numbers, which follow from the order, and closed, so
 * that a misspelt key is found. `suites/suite.schema.json` is this schema, for editors.
 */
export const SuiteFile = Type.Object(
  {
    id,
    domain,
    name,
    description,
    prompts: Type.Array(Type.Object({ category, prompt }, { additionalProperties: false }), { minItems: 1 }),
  },
  { title: 'Suite of prompts', additionalProperties: false },
);
