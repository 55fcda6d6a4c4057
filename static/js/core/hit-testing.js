// Finds the point under a finger or pointer. Knows pixels and points, not the canvas.

/**
 * The nearest point within `reach` CSS pixels of (xCss, yCss); of two at the same place the later one, which is on top.
 * @template {{x: number, y: number}} P
 * @param {P[]} points
 * @param {{x: import("./scales.js").Scale, y: import("./scales.js").Scale}} scales
 * @param {number} xCss
 * @param {number} yCss
 * @param {number} reach
 * @returns {P|null}
 */
export function pointAt(points, scales, xCss, yCss, reach) {
  let best = null;
  let least = reach * reach;
  for (const point of points) {
    const dx = scales.x.toPixel(point.x) - xCss;
    const dy = scales.y.toPixel(point.y) - yCss;
    const distance = dx * dx + dy * dy;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}
