// Where the plane lies inside its canvas: the plot rectangle beside the axis labels, and the scales onto it.

import { linearScale } from "./scales.js";

/** Room for the axis labels, in CSS pixels. */
const LEFT_CSS = 26;
const BOTTOM_CSS = 20;
const EDGE_CSS = 1;

/** @typedef {{left: number, top: number, width: number, height: number}} Rect */
/** @typedef {{plot: Rect, x: import("./scales.js").Scale, y: import("./scales.js").Scale}} Geometry */

/**
 * @param {number} widthCss
 * @param {number} heightCss
 * @param {import("./types.js").View} view
 * @returns {Geometry}
 */
export function planeGeometry(widthCss, heightCss, view) {
  const side = Math.max(1, Math.min(widthCss - LEFT_CSS - EDGE_CSS, heightCss - BOTTOM_CSS - EDGE_CSS));
  const plot = { left: LEFT_CSS, top: EDGE_CSS, width: side, height: side };
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
