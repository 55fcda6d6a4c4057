// Class colours: parsing, mixing, and the table that shades decision regions. Knows nothing of CSS or canvases.

import { LEVELS } from "./regions.js";

/** @typedef {[number, number, number]} Rgb red, green, blue, each 0..255 */

/** A class is told by colour and by shape; one entry per possible class. */
export const CLASS_SHAPES = ["circle", "square", "triangle", "diamond", "plus", "star", "pentagon", "cross"];

/** Share of the class colour in a region where the network is undecided, and where it is certain. */
const FAINTEST = 0.12;
const STRONGEST = 0.52;

/**
 * @param {string} hex "#rrggbb"
 * @returns {Rgb}
 */
export function parseHex(hex) {
  const number = Number.parseInt(hex.trim().slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share 0 gives `from`, 1 gives `to`
 * @returns {Rgb}
 */
export function mix(from, to, share) {
  const channel = (/** @type {number} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [channel(0), channel(1), channel(2)];
}

/**
 * How strongly a class colours its region: the winner of `classes` has a probability between 1/classes and 1.
 * @param {number} probability
 * @param {number} classes
 */
export function shade(probability, classes) {
  const guess = 1 / classes;
  const certainty = Math.min(1, Math.max(0, (probability - guess) / (1 - guess)));
  return FAINTEST + (STRONGEST - FAINTEST) * certainty;
}

/**
 * Colour of every (label, level) pair as one 32-bit pixel, little-endian RGBA: entry label * LEVELS + level.
 * @param {Rgb[]} colours one per class
 * @param {Rgb} paper what an undecided region fades to
 * @param {number} classes
 */
export function shadingTable(colours, paper, classes) {
  const table = new Uint32Array(colours.length * LEVELS);
  colours.forEach((colour, label) => {
    for (let level = 0; level < LEVELS; level++) {
      const [r, g, b] = mix(paper, colour, shade(level / (LEVELS - 1), classes));
      table[label * LEVELS + level] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
  });
  return table;
}
