// The ways to show what the network says all over the plane, and the flat colours of one of them. Knows no canvas.

import { t } from "./messages.js";
import { mix } from "./palette.js";
import { LEVELS } from "./regions.js";

/** @typedef {"probability"|"regions"|"contour"} PlaneMode */

/** @type {{name: PlaneMode, label: string, help: string}[]} */
export const PLANE_MODES = [
  { name: "probability", label: t("Probability"), help: t("The stronger the colour, the surer the network") },
  { name: "regions", label: t("Regions"), help: t("Only the predicted class, without shades") },
  { name: "contour", label: t("Contour at 0.5"), help: t("Lines where a class's probability is 0.5") },
];

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
