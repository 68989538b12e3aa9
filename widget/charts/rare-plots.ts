/** The plots that few answers are drawn with, as one script. */
export { dotPlot } from './dot-plot.js';
export { linePlot } from './line-plot.js';
