// Draws the plane's axes: tick labels inside the plot's edges or, where there is room, outside them; faint lines through zero.
// Knows geometry and colours only.

import { TICKS, axisLabel } from "../core/plane-geometry.js";
import { ticks } from "../core/scales.js";

const FONT = "11px system-ui, sans-serif";

/** Labels inside the plot stay so far from its edges and corners, in CSS pixels. */
const INSET_CSS = 7;
const CORNER_CSS = 24;

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

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {import("../core/types.js").Range} range
 * @param {{muted: string, hairline: string}} colours
 */
function drawXAxis(context, { plot, x }, range, colours) {
  const isInside = plot.left === 0;
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  context.textAlign = "center";
  context.textBaseline = isInside ? "bottom" : "top";
  const labelY = isInside ? bottom - INSET_CSS : bottom + 6;
  const [first, last] = isInside ? [CORNER_CSS, right - CORNER_CSS] : [-Infinity, right - 6];
  for (const value of ticks(range, TICKS)) {
    const at = Math.round(x.toPixel(value)) + 0.5;
    context.fillStyle = colours.muted;
    const isLabelled = at > first && at < last && !(isInside && value === 0);
    if (isLabelled) context.fillText(axisLabel(value), Math.max(at, plot.left + 6), labelY);
    line(context, [at, bottom], [at, isInside ? bottom - 4 : bottom + 4], colours.hairline);
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
  const isInside = plot.left === 0;
  const bottom = plot.top + plot.height;
  context.textAlign = isInside ? "left" : "right";
  context.textBaseline = "middle";
  const labelX = isInside ? INSET_CSS : plot.left - 7;
  const [first, last] = isInside ? [CORNER_CSS, bottom - CORNER_CSS] : [plot.top + 4, Infinity];
  for (const value of ticks(range, TICKS)) {
    const at = Math.round(y.toPixel(value)) + 0.5;
    context.fillStyle = colours.muted;
    const isLabelled = at > first && at < last && !(isInside && value === 0);
    if (isLabelled) context.fillText(axisLabel(value), labelX, Math.min(at, bottom - 5));
    line(context, [plot.left, at], [plot.left + (isInside ? 4 : -4), at], colours.hairline);
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
