/** Outlines for icon(), beyond those of the welcome. */
export const AGAIN = 'M16 5v4h-4M15.6 9A6 6 0 1 0 16 11.5';
export const ARROW_DOWN = 'M10 4v12M4.5 10.5 10 16l5.5-5.5';
export const ARROW_UP = 'M10 16V4M4.5 9.5 10 4l5.5 5.5';
export const ATLAS = 'M10 3v14M3 10h14M5.5 5.5l9 9M14.5 5.5l-9 9';
export const CHECK = 'm4 10.5 4 4 8-9';
export const COPY = 'M7 7h9.5v9.5H7zM13 3.5H3.5V13';
export const CROSS = 'm5.5 5.5 9 9M14.5 5.5l-9 9';
export const DASH = 'M5 10h10';
export const EDIT = 'm12.5 4.5 3 3L7 16H4v-3zM11 6l3 3';
export const INFO = 'M2.75 10a7.25 7.25 0 1 0 14.5 0 7.25 7.25 0 1 0-14.5 0M10 9.25v4.25M10 6.5v.01';
/** Strokes so close that they fill the square. */
export const STOP = 'M6 6h8v8H6zM7.5 7.5h5v5h-5zM9 9h2v2H9z';
