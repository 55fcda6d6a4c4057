// Where the keyboard walks on the plane: the length of its strides, and the point that its cursor means. Pure.

import { pointAt } from "./hit-testing.js";
import { clamp, roundCoordinate } from "./plane-geometry.js";

/** @typedef {{x: number, y: number}} Place */
/** @typedef {import("./types.js").Range} Range */
/** @typedef {import("./types.js").View} View */

/** A key walks this share of the view; with Shift five times as far. */
const STRIDE = 1 / 60;
const LONG_STRIDES = 5;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** How far a key walks, in the units of the plane; null for one that does not. @param {KeyboardEvent} event @param {View} view @returns {Place|null} */
export function strideOf({ key, shiftKey }, { x_range, y_range }) {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const length = (/** @type {Range} */ [low, high]) => STRIDE * (shiftKey ? LONG_STRIDES : 1) * (high - low);
  return { x: arrow[0] * length(x_range), y: arrow[1] * length(y_range) };
}

/** A stride from a place, held in the view. @param {Place} from @param {Place} stride @param {View} view @returns {Place} */
export function walked(from, stride, { x_range, y_range }) {
  const held = (/** @type {number} */ value, /** @type {Range} */ range) => roundCoordinate(clamp(value, range), range);
  return { x: held(from.x + stride.x, x_range), y: held(from.y + stride.y, y_range) };
}

/** The cursor begins in the middle of the view. @param {View} view @returns {Place} */
export function middleOf({ x_range, y_range }) {
  const middle = (/** @type {Range} */ range) => roundCoordinate((range[0] + range[1]) / 2, range);
  return { x: middle(x_range), y: middle(y_range) };
}

/**
 * The point that a cursor means.
 * @param {import("./types.js").Point[]} points
 * @param {import("./plane-geometry.js").Geometry} geometry
 * @param {Place} cursor
 * @param {number} reachCss
 */
export function pointUnder(points, geometry, { x, y }, reachCss) {
  return pointAt(points, geometry, geometry.x.toPixel(x), geometry.y.toPixel(y), reachCss);
}
