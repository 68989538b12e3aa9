import type { Dictionary } from './translate.js';

export const de = {} as Dictionary;
