// The fitted curve and the units' own curves out of a frame, and how far the points lie from it. Pure.

import { LEVELS, decodeLevels } from "./regions.js";

/** @typedef {import("./types.js").Regions} Regions */
/** @typedef {import("./types.js").Range} Range */

/** Two characters carry one number of twelve bits. */
const FINE_LEVELS = LEVELS * LEVELS;

/**
 * Heights of the fitted curve at the middles of the grid's columns.
 * @param {Regions} regions
 * @returns {Float64Array}
 */
export function curveOf({ cols, values = "", curve, value_range: [low, high] = [0, 0] }) {
  const share = curve
    ? fineShares(curve)
    : Float64Array.from(decodeLevels(values.slice(0, cols)), (level) => level / (LEVELS - 1));
  return share.map((part) => low + part * (high - low));
}

/** @param {string} text two characters a number */
function fineShares(text) {
  const levels = decodeLevels(text);
  return Float64Array.from(
    { length: levels.length / 2 },
    (_, i) => (levels[2 * i] * LEVELS + levels[2 * i + 1]) / (FINE_LEVELS - 1),
  );
}

/**
 * The curve's height at x, straight between the columns' middles.
 * @param {Float64Array} curve
 * @param {Range} xRange
 * @param {number} x
 */
export function heightAt(curve, [low, high], x) {
  const position = Math.min(Math.max(((x - low) / (high - low)) * curve.length - 0.5, 0), curve.length - 1);
  const left = Math.min(Math.floor(position), curve.length - 2);
  const share = position - left;
  return curve[left] * (1 - share) + curve[left + 1] * share;
}

/**
 * The training point within the view that the curve misses by most, where the curve is there, and by how much; null without
 * such points.
 * @param {Float64Array} curve
 * @param {Range} xRange
 * @param {import("./types.js").Point[]} points
 */
export function worstPoint(curve, xRange, points) {
  let worst = null;
  for (const point of points) {
    if (point.held_out || point.x < xRange[0] || point.x > xRange[1]) continue;
    const height = heightAt(curve, xRange, point.x);
    const error = Math.abs(height - point.y);
    if (!worst || error > worst.error) worst = { point, height, error };
  }
  return worst;
}

/**
 * Each unit's own curve at the middles of the grid's columns.
 * @param {import("./types.js").UnitCurves} curves
 */
export function unitCurves({ units, value_range: [low, high] }) {
  return units.map((text) => fineShares(text).map((part) => low + part * (high - low)));
}
