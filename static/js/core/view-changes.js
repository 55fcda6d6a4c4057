// Another part of the plane: closer, wider or beside, and the points that it leaves out. Pure.

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Range} Range */

/** The widest and the narrowest view that the server takes. */
export const FARTHEST = 1e6;
const NARROWEST = 1e-3;

/** Edges are round to so many parts of a view: finer than a pixel. */
const PARTS = 4000;

/**
 * The view `factor` times as wide, in which the place stands where it stood; the same view where that is not allowed.
 * @param {View} view
 * @param {{x: number, y: number}} place of the plane
 * @param {number} factor
 */
export function zoomedAt(view, { x, y }, factor) {
  const zoomed = (/** @type {Range} */ [low, high], /** @type {number} */ at) =>
    rounded([at + (low - at) * factor, at + (high - at) * factor]);
  return allowed({ x_range: zoomed(view.x_range, x), y_range: zoomed(view.y_range, y) }, view);
}

/** The view around the middle `factor` times as wide. @param {View} view @param {number} factor */
export function zoomed(view, factor) {
  const middle = (/** @type {Range} */ [low, high]) => (low + high) / 2;
  return zoomedAt(view, { x: middle(view.x_range), y: middle(view.y_range) }, factor);
}

/** The view so far beside, in units of the plane. @param {View} view @param {number} dx @param {number} dy */
export function moved(view, dx, dy) {
  const beside = (/** @type {Range} */ [low, high], /** @type {number} */ by) => rounded([low + by, high + by]);
  return allowed({ x_range: beside(view.x_range, dx), y_range: beside(view.y_range, dy) }, view);
}

/** How many points the view leaves out. @param {import("./types.js").Point[]} points @param {View} view */
export function countOutside(points, { x_range, y_range }) {
  const isOut = (/** @type {number} */ value, /** @type {Range} */ [low, high]) => value < low || value > high;
  return points.filter(({ x, y }) => isOut(x, x_range) || isOut(y, y_range)).length;
}

/** @param {Range} range @returns {Range} */
function rounded([low, high]) {
  const step = 10 ** Math.floor(Math.log10((high - low) / PARTS));
  const round = (/** @type {number} */ value) => Number((Math.round(value / step) * step).toPrecision(12));
  return [round(low), round(high)];
}

/** @param {View} view @param {View} other @returns {View} */
function allowed(view, other) {
  const isGood = [view.x_range, view.y_range].every(
    ([low, high]) => low >= -FARTHEST && high <= FARTHEST && high - low >= NARROWEST,
  );
  return isGood ? view : other;
}
