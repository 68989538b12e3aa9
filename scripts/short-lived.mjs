/** Options of Node for processes that soon end: the embedded database's code is run as it is, and not optimised first. */
export const SHORT_LIVED = ['--liftoff-only'];
