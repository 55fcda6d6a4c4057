// SVG in one expression, and a small plane with axes for curves of one number. Knows nothing of lessons.

import { axisLabel } from "../../core/plane-geometry.js";
import { linearScale, ticks } from "../../core/scales.js";
import { setAttribute } from "../dom.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * svg("circle", { r: 3 })
 * @param {string} tag
 * @param {Record<string, string|number|null>} [attributes]
 * @param {...(Node|string)} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return /** @type {SVGElement} */ (element);
}

/** @typedef {{width: number, height: number, x: [number, number], y: [number, number]}} Frame sizes in units of the picture, ranges in values */

/**
 * Axes with numbers and a place for what is drawn.
 * @param {Frame} frame
 * @param {string} label what the picture shows, in words
 */
export function createPlot({ width, height, x, y }, label) {
  const [toX, toY] = [linearScale(x, [28, width - 8]), linearScale(y, [height - 20, 8])];
  const inside = svg("g");
  const lines = [
    ...ticks(x, 6).map((value) => tick(toX.toPixel(value), height - 6, value, "middle")),
    ...ticks(y, 5).map((value) => tick(22, toY.toPixel(value) + 4, value, "end")),
    axis(toX.toPixel(x[0]), toY.toPixel(clamped(0, y)), toX.toPixel(x[1]), toY.toPixel(clamped(0, y))),
    axis(toX.toPixel(clamped(0, x)), toY.toPixel(y[0]), toX.toPixel(clamped(0, x)), toY.toPixel(y[1])),
  ];
  const element = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": label },
    ...lines,
    inside,
  );
  return {
    element,
    inside,
    x: toX,
    y: toY,
    /** The path of f over the range, cut off at the plot's edges. @param {(x: number) => number} f */
    pathOf(f) {
      const steps = 160;
      const places = Array.from({ length: steps + 1 }, (_, i) => x[0] + ((x[1] - x[0]) * i) / steps);
      return places
        .map((at, i) => `${i ? "L" : "M"}${toX.toPixel(at).toFixed(1)} ${toY.toPixel(clamped(f(at), y)).toFixed(1)}`)
        .join("");
    },
  };
}

/** @param {number} value @param {[number, number]} range */
const clamped = (value, [low, high]) => Math.min(high, Math.max(low, value));

/** @param {number} x @param {number} y @param {number} value @param {string} anchor */
const tick = (x, y, value, anchor) => svg("text", { x, y, class: "tick", "text-anchor": anchor }, axisLabel(value));

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
const axis = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, class: "axis" });
