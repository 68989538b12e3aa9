import type { Dictionary } from './translate.js';

export const ar = {} as Dictionary;
