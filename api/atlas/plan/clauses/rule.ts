import type { Frame, Joint } from '../frame.js';

/** Whether two neighbouring pieces are one question (true) or two (false); null where the rule has no opinion. */
export type Rule = (last: Frame, next: Frame, joint: Joint) => boolean | null;
type When = (last: Frame, next: Frame, joint: Joint) => boolean;

export const joins =
  (when: When): Rule =>
  (last, next, joint) =>
    when(last, next, joint) ? true : null;

export const parts =
  (when: When): Rule =>
  (last, next, joint) =>
    when(last, next, joint) ? false : null;
