// The plane as two units see it: reads the positions out of a frame and glides from one frame to the next.
// Pure arithmetic; knows nothing of canvases.

import { decodeLevels, LEVELS } from "./regions.js";

/** Steps of a number of two characters. */
const TOP = LEVELS * LEVELS - 1;

/**
 * Positions x0, y0, x1, y1, ... of the grid (row 0 at the largest y) and of the points, and the part of the plane of the
 * two units that holds them all: [x low, x high, y low, y high].
 * @typedef {{layer: number, units: [number, number], rows: number, cols: number, grid: Float32Array,
 *   points: Float32Array, box: Float32Array}} WarpPicture
 */

/** @param {import("./types.js").Warp} warp @returns {WarpPicture} */
export function decodeWarp({ layer, units, rows, cols, grid, points, x_range, y_range }) {
  const ranges = { x_range, y_range };
  return {
    layer,
    units,
    rows,
    cols,
    grid: decodePairs(grid, ranges),
    points: decodePairs(points, ranges),
    box: paddedBox(ranges),
  };
}

/**
 * @param {string} text two characters a number, x then y
 * @param {import("./types.js").View} ranges
 */
export function decodePairs(text, { x_range, y_range }) {
  const levels = decodeLevels(text);
  const positions = new Float32Array(levels.length / 2);
  for (let i = 0; i < positions.length; i++) {
    const [low, high] = i % 2 ? y_range : x_range;
    positions[i] = low + ((levels[2 * i] * LEVELS + levels[2 * i + 1]) / TOP) * (high - low);
  }
  return positions;
}

/** Room around the picture, as a share of its size, and the size of a picture of one place. */
const MARGIN = 0.06;
const LEAST_SIZE = 1e-6;

/** @param {import("./types.js").View} ranges */
function paddedBox({ x_range, y_range }) {
  return Float32Array.from(
    [x_range, y_range].flatMap(([low, high]) => {
      const margin = Math.max(LEAST_SIZE, (high - low) * MARGIN);
      return [low - margin, high + margin];
    }),
  );
}

/** Do two pictures show the same things, so that one can glide into the other? @param {WarpPicture|null} a @param {WarpPicture} b */
export function areAlike(a, b) {
  return (
    a !== null &&
    a.layer === b.layer &&
    a.units.join() === b.units.join() &&
    a.grid.length === b.grid.length &&
    a.points.length === b.points.length
  );
}

/**
 * The picture a share of the way from one to another, in `into`'s arrays, which have the same lengths.
 * @param {WarpPicture} from
 * @param {WarpPicture} to
 * @param {number} share 0..1
 * @param {WarpPicture} into
 */
export function between(from, to, share, into) {
  for (const name of /** @type {const} */ (["grid", "points", "box"])) {
    const [a, b, target] = [from[name], to[name], into[name]];
    for (let i = 0; i < target.length; i++) target[i] = a[i] + (b[i] - a[i]) * share;
  }
  return into;
}

/** A copy with arrays of its own. @param {WarpPicture} picture @returns {WarpPicture} */
export function copyOf(picture) {
  return { ...picture, grid: picture.grid.slice(), points: picture.points.slice(), box: picture.box.slice() };
}

/**
 * The cell a point of the plane falls into, or -1 outside. Row 0 lies at the largest y.
 * @param {{rows: number, cols: number, x_range: [number, number], y_range: [number, number]}} regions
 * @param {number} x
 * @param {number} y
 */
export function cellAt({ rows, cols, x_range, y_range }, x, y) {
  const col = Math.floor(((x - x_range[0]) / (x_range[1] - x_range[0])) * cols);
  const row = Math.floor(((y_range[1] - y) / (y_range[1] - y_range[0])) * rows);
  return col < 0 || col >= cols || row < 0 || row >= rows ? -1 : row * cols + col;
}
