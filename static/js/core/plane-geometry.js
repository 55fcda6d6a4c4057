// Where the plane lies inside its canvas: a square plot, with room for axis labels beside it or with none, and the scales onto it.

import { withSign } from "./decimals.js";
import { linearScale, ticks } from "./scales.js";

/** @typedef {{left: number, top: number, width: number, height: number}} Rect */
/** @typedef {{plot: Rect, x: import("./scales.js").Scale, y: import("./scales.js").Scale}} Geometry */
/** @typedef {{left: number, bottom: number, edge: number}} Room what stays free of the plot, in CSS pixels */

/** The page's plane fills its canvas: its labels stand inside its edges. */
const NO_ROOM = { left: 0, bottom: 0, edge: 0 };

/** About so many labels on an axis. */
export const TICKS = 6;

/** A digit of an axis's label, and what stands between label and plot. */
const DIGIT_CSS = 6.6;
const BESIDE_CSS = 9;
const LEAST_LEFT_CSS = 26;

/** A tick's value as it stands at an axis. @param {number} value */
export const axisLabel = (value) => withSign(String(value).replace("-", "−"));

/** A picture for papers has its labels outside: as much room as the longest one takes. @param {import("./types.js").View} view @returns {Room} */
export function labelRoom({ y_range }) {
  const longest = Math.max(...ticks(y_range, TICKS).map((value) => axisLabel(value).length));
  return { left: Math.max(LEAST_LEFT_CSS, longest * DIGIT_CSS + BESIDE_CSS), bottom: 20, edge: 1 };
}

/**
 * @param {number} widthCss
 * @param {number} heightCss
 * @param {import("./types.js").View} view
 * @param {Room} [room]
 * @returns {Geometry}
 */
export function planeGeometry(widthCss, heightCss, view, { left, bottom, edge } = NO_ROOM) {
  const side = Math.max(1, Math.min(widthCss - left - edge, heightCss - bottom - edge));
  const plot = { left, top: edge, width: side, height: side };
  return {
    plot,
    x: linearScale(view.x_range, [plot.left, plot.left + side]),
    y: linearScale(view.y_range, [plot.top + side, plot.top]),
  };
}

/**
 * @param {Rect} plot
 * @param {number} xCss
 * @param {number} yCss
 */
export function contains({ left, top, width, height }, xCss, yCss) {
  return xCss >= left && xCss <= left + width && yCss >= top && yCss <= top + height;
}

/**
 * A value held inside a range.
 * @param {number} value
 * @param {import("./types.js").Range} range
 */
export function clamp(value, [low, high]) {
  return Math.min(high, Math.max(low, value));
}

/**
 * Coordinates as they are sent: a thousandth of the view is finer than a pixel and reads well.
 * @param {number} value
 * @param {import("./types.js").Range} range
 */
export function roundCoordinate(value, [low, high]) {
  const digits = Math.max(0, Math.ceil(-Math.log10((high - low) / 2000)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
