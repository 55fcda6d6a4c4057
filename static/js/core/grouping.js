// Several points as one: which lie in a frame, and where they go when they are moved together. Pure.

import { clamp, roundCoordinate } from "./plane-geometry.js";

/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Range} Range */
/** @typedef {{id: number, fields: Partial<Point>}} Edit */

/**
 * Ids of the points between two corners, in the units of the plane.
 * @param {Point[]} points
 * @param {{x: number, y: number}} one
 * @param {{x: number, y: number}} other
 */
export function idsBetween(points, one, other) {
  const within = (/** @type {number} */ value, /** @type {number} */ a, /** @type {number} */ b) =>
    value >= Math.min(a, b) && value <= Math.max(a, b);
  return points
    .filter(({ x, y }) => within(x, one.x, other.x) && within(y, one.y, other.y))
    .map(({ id }) => Number(id));
}

/** The group with this point in it, or without it if it was. @param {number[]} group @param {number} id */
export function toggled(group, id) {
  return group.includes(id) ? group.filter((each) => each !== id) : [...group, id];
}

/**
 * Where the group's points go, all by the same way, and none of them out of the view.
 * @param {Point[]} points as they were before the move
 * @param {{x: number, y: number}} way
 * @param {{x_range: Range, y_range: Range}} view
 * @returns {Edit[]}
 */
export function movedBy(points, way, { x_range, y_range }) {
  if (!points.length) return [];
  const dx = heldIn(
    points.map(({ x }) => x),
    way.x,
    x_range,
  );
  const dy = heldIn(
    points.map(({ y }) => y),
    way.y,
    y_range,
  );
  return points.map(({ id, x, y }) => ({
    id: Number(id),
    fields: { x: roundCoordinate(x + dx, x_range), y: roundCoordinate(y + dy, y_range) },
  }));
}

/** @param {number[]} values @param {number} way @param {Range} range */
function heldIn(values, way, [low, high]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return clamp(way, [Math.min(0, low - least), Math.max(0, high - most)]);
}
