// Values that a network was fitted to: their colours and their error. Pure.

import { mix } from "./palette.js";

/** Values of surfaces are coloured from -1 to 1, whatever the network says at the moment. */
const STRONGEST_VALUE = 1;

/**
 * The root mean square error out of the squared loss, which is half the mean square.
 * @param {number|null} loss
 */
export function rootMeanSquare(loss) {
  return loss === null ? null : Math.sqrt(2 * loss);
}

/** A value's place between the two class colours: 0 lowest, 0.5 the middle, 1 highest. @param {number} value */
export function valueShare(value) {
  return Math.min(1, Math.max(0, 0.5 + value / (2 * STRONGEST_VALUE)));
}

/**
 * Orange below zero, blue above, as weights and units are drawn; paper at zero.
 * @param {number} value
 * @param {{classes: import("./palette.js").Rgb[], paper: import("./palette.js").Rgb}} colours
 * @param {number} strongest
 */
export function valueColour(value, { classes, paper }, strongest) {
  const offset = 2 * valueShare(value) - 1;
  return mix(paper, classes[offset < 0 ? 1 : 0], Math.abs(offset) * strongest);
}
