// The way of a stroke over the plane, in CSS pixels, from one event of the pointer to the next: where it leaves points and
// which points it passes. Pure.

import { clamp } from "./plane-geometry.js";

/** @typedef {{x: number, y: number}} Place */

/**
 * Where points are left on the straight way from `from` to `to`: the first one `spacing` away from `last`, which was left
 * before and is nearer than that to `from`, and each further one `spacing` away from the one before it.
 * @param {Place} last
 * @param {Place} from
 * @param {Place} to
 * @param {number} spacing
 * @returns {Place[]}
 */
export function placesAlong(last, from, to, spacing) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!length) return [];
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const places = [];
  for (let way = wayOut(last, from, [ux, uy], spacing); way <= length; way += spacing) {
    places.push({ x: from.x + way * ux, y: from.y + way * uy });
  }
  return places;
}

/**
 * How far one goes from `from` straight ahead until `centre` is `radius` away.
 * @param {Place} centre
 * @param {Place} from
 * @param {[number, number]} ahead of length 1
 * @param {number} radius
 */
function wayOut(centre, from, [ux, uy], radius) {
  const [wx, wy] = [from.x - centre.x, from.y - centre.y];
  const along = wx * ux + wy * uy;
  return Math.sqrt(Math.max(0, radius * radius - wx * wx - wy * wy + along * along)) - along;
}

/**
 * The points within `reach` of the straight way from `from` to `to`.
 * @template {{x: number, y: number}} P
 * @param {P[]} points
 * @param {{x: import("./scales.js").Scale, y: import("./scales.js").Scale}} scales
 * @param {Place} from
 * @param {Place} to
 * @param {number} reach
 * @returns {P[]}
 */
export function pointsAlong(points, scales, from, to, reach) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy || 1;
  return points.filter((point) => {
    const [wx, wy] = [scales.x.toPixel(point.x) - from.x, scales.y.toPixel(point.y) - from.y];
    const nearest = clamp((wx * dx + wy * dy) / square, [0, 1]);
    return Math.hypot(wx - nearest * dx, wy - nearest * dy) <= reach;
  });
}
