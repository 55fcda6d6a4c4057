// A class's mark, its shape in its colour, as a small SVG for buttons and texts.

import { t } from "../../core/messages.js";
import { CLASS_SHAPES } from "../../core/palette.js";
import { shapeCorners } from "../../draw/shapes.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 7;

/** What a class's mark looks like, in words: its colour (--class-0, --class-1, ...) and its shape. */
const CLASS_NAMES = [
  t("blue circle"),
  t("orange square"),
  t("green triangle"),
  t("pink diamond"),
  t("sky blue plus"),
  t("red star"),
  t("yellow pentagon"),
  t("grey cross"),
];

/** @param {number} label */
export function classMark(label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-11 -11 22 22");
  svg.setAttribute("class", `class-mark class-${label}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(outline(CLASS_SHAPES[label]));
  return svg;
}

/** The class's own name, or "orange square". @param {number} label @param {string[]} [names] the document's */
export function className(label, names = []) {
  return names[label] || CLASS_NAMES[label];
}

/** @param {string} shape */
function outline(shape) {
  if (shape === "circle") {
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("r", String(RADIUS));
    return circle;
  }
  const polygon = document.createElementNS(SVG, "polygon");
  polygon.setAttribute(
    "points",
    shapeCorners(shape)
      .map(([x, y]) => `${(x * RADIUS).toFixed(2)},${(y * RADIUS).toFixed(2)}`)
      .join(" "),
  );
  return polygon;
}
