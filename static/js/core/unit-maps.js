// The maps of units: what each unit says all over the plane, as pixels of a two-sided colour scale around zero.
// Pure arithmetic on typed arrays; knows nothing of canvases.

import { INPUTS } from "./activations.js";
import { mix } from "./palette.js";
import { LEVELS, decodeLevels } from "./regions.js";

/** @typedef {import("./types.js").Range} Range */
/** @typedef {import("./palette.js").Rgb} Rgb */

/** Steps of the colour scale on each side of zero. */
const STEPS = 64;

/** Share of the full colour at the strongest value: leaves room for points on top. */
const STRONGEST = 0.92;

/**
 * The scale from the most negative to the most positive value as 32-bit pixels, little-endian RGBA; the middle is `paper`.
 * @param {{positive: Rgb, negative: Rgb, paper: Rgb}} colours
 */
export function signedScale({ positive, negative, paper }) {
  const scale = new Uint32Array(2 * STEPS + 1);
  for (let step = -STEPS; step <= STEPS; step++) {
    const share = (Math.abs(step) / STEPS) ** 0.8 * STRONGEST;
    const [r, g, b] = mix(paper, step < 0 ? negative : positive, share);
    scale[step + STEPS] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return scale;
}

/**
 * Where a value stands in the scale: zero in the middle, the end farther from zero at full colour.
 * @param {number} value
 * @param {Range} range
 */
export function scaleIndex(value, [low, high]) {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return most > 0 ? STEPS + Math.round((Math.min(most, Math.max(-most, value)) / most) * STEPS) : STEPS;
}

/** The pixel of each of the 64 levels; made once, rewritten for each map. */
const pixelOfLevel = new Uint32Array(LEVELS);
/** @type {Uint8Array|null} */
let levels = null;

/**
 * Write a unit's map into a picture of maps.
 * @param {Uint32Array} pixels of the whole picture
 * @param {{left: number, top: number, stride: number, cols: number}} tile in pixels
 * @param {import("./types.js").UnitMap} map
 * @param {Uint32Array} scale from signedScale
 */
export function paintMap(pixels, { left, top, stride, cols }, { values, value_range }, scale) {
  const [low, high] = value_range;
  for (let level = 0; level < LEVELS; level++) {
    pixelOfLevel[level] = scale[scaleIndex(low + (level / (LEVELS - 1)) * (high - low), value_range)];
  }
  levels = decodeLevels(values, levels);
  for (let i = 0; i < levels.length; i++) {
    const row = Math.floor(i / cols);
    pixels[(top + row) * stride + left + i - row * cols] = pixelOfLevel[levels[i]];
  }
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The map of an input, in the form the server gives those of units: row 0 at the largest y, cells at their centres.
 * @param {string} name
 * @param {import("./types.js").View} view
 * @param {number} size rows and columns
 * @param {import("./input-scale.js").InputScale} [scale] what the network sees is (input - shift) / size
 * @returns {import("./types.js").UnitMap}
 */
export function inputMap(name, { x_range, y_range }, size, scale = { shift: 0, size: 1 }) {
  const place = (/** @type {Range} */ [low, high], /** @type {number} */ i) => low + ((i + 0.5) / size) * (high - low);
  const values = Array.from({ length: size * size }, (_, cell) =>
    INPUTS[name](place(x_range, cell % size), place(y_range, size - 1 - Math.floor(cell / size))),
  ).map((value) => (value - scale.shift) / scale.size);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const characters = values.map((value) => ALPHABET[Math.round(((value - low) / (high - low || 1)) * (LEVELS - 1))]);
  return { values: characters.join(""), value_range: [low, high] };
}
