// Draws the plane's axes: tick labels outside the plot, faint lines through zero. Knows geometry and colours only.

import { ticks } from "../core/scales.js";

const TICKS = 6;
const FONT = "11px system-ui, sans-serif";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {import("../core/types.js").View} view
 * @param {{muted: string, hairline: string}} colours
 */
export function drawAxes(context, geometry, view, colours) {
  context.save();
  context.font = FONT;
  context.lineWidth = 1;
  drawXAxis(context, geometry, view.x_range, colours);
  drawYAxis(context, geometry, view.y_range, colours);
  context.restore();
}

/** @param {number} value */
const label = (value) => String(value).replace("-", "−");

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {import("../core/types.js").Range} range
 * @param {{muted: string, hairline: string}} colours
 */
function drawXAxis(context, { plot, x }, range, colours) {
  const bottom = plot.top + plot.height;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const value of ticks(range, TICKS)) {
    const at = Math.round(x.toPixel(value)) + 0.5;
    context.fillStyle = colours.muted;
    if (at < plot.left + plot.width - 6) context.fillText(label(value), Math.max(at, plot.left + 6), bottom + 6);
    line(context, [at, bottom], [at, bottom + 4], colours.hairline);
    if (value === 0) line(context, [at, plot.top], [at, bottom], colours.hairline);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {import("../core/types.js").Range} range
 * @param {{muted: string, hairline: string}} colours
 */
function drawYAxis(context, { plot, y }, range, colours) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of ticks(range, TICKS)) {
    const at = Math.round(y.toPixel(value)) + 0.5;
    context.fillStyle = colours.muted;
    if (at > plot.top + 4) context.fillText(label(value), plot.left - 7, Math.min(at, plot.top + plot.height - 5));
    line(context, [plot.left - 4, at], [plot.left, at], colours.hairline);
    if (value === 0) line(context, [plot.left, at], [plot.left + plot.width, at], colours.hairline);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {string} colour
 */
function line(context, from, to, colour) {
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
