// The flat colours of regions shown without shades. Pure.

import { mix } from "./palette.js";
import { LEVELS } from "./regions.js";

/** Share of the class colour in a flat region. */
const FLAT = 0.42;

/**
 * Like palette.shadingTable, but every level has the same colour.
 * @param {import("./palette.js").Rgb[]} colours one per class
 * @param {import("./palette.js").Rgb} paper
 */
export function flatTable(colours, paper) {
  const table = new Uint32Array(colours.length * LEVELS);
  colours.forEach((colour, label) => {
    const [r, g, b] = mix(paper, colour, FLAT);
    table.fill(((255 << 24) | (b << 16) | (g << 8) | r) >>> 0, label * LEVELS, (label + 1) * LEVELS);
  });
  return table;
}
