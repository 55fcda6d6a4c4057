// The colour of a point: of its class, of its value on a surface, or ink for points of a curve.

import { valueColour } from "../../core/fitted-values.js";

/**
 * The colours of all that is drawn over the regions. Points of a surface need a rim that is seen on paper too.
 * @param {string} task
 * @param {import("../header/theme.js").Colours} colours
 */
export function planeInks(task, colours) {
  return { ...colours, paper: colours.plane, rim: task === "surface_fitting" ? colours.muted : colours.plane };
}

/**
 * @param {string} task
 * @param {import("../header/theme.js").Colours} colours
 * @returns {(point: import("../../core/types.js").Point) => string}
 */
export function pointColours(task, colours) {
  if (task === "curve_fitting") return () => colours.ink;
  if (task === "surface_fitting") return (point) => `rgb(${valueColour(point.value ?? 0, colours.regions, 1)})`;
  return (point) => colours.classes[point.label];
}
