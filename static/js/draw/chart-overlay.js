// What stands over a line chart's lines: marks where something was changed, the moment that is shown, the values where one
// reads. Fetched when there is something of it to show.

import { MARGIN, RUNAWAY, strokeLine } from "./line-chart.js";

/** @typedef {import("./line-chart.js").Chart} Chart */
/** @typedef {import("./line-chart.js").ChartGeometry} ChartGeometry */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Chart} chart
 * @param {ChartGeometry} geometry
 * @param {number} read index of the values that are read, -1 for none
 */
export function drawOverlay(context, chart, geometry, read) {
  const { marks = [], now = Infinity, colours } = chart;
  for (const mark of marks) drawMark(context, geometry.x.toPixel(mark), geometry, colours.muted);
  if (now < geometry.xRange[1]) drawNow(context, geometry.x.toPixel(now), geometry, colours.ink);
  if (read >= 0) drawReading(context, chart, geometry, read);
}

/** A thin line with a small triangle at its foot. @param {CanvasRenderingContext2D} context @param {number} at @param {ChartGeometry} geometry @param {string} colour */
function drawMark(context, at, { bottom }, colour) {
  context.save();
  context.lineWidth = 1;
  context.strokeStyle = context.fillStyle = colour;
  context.setLineDash([1, 3]);
  strokeLine(context, [at, MARGIN.top], [at, bottom]);
  context.beginPath();
  context.moveTo(at - 4, bottom);
  context.lineTo(at + 4, bottom);
  context.lineTo(at, bottom - 6);
  context.fill();
  context.restore();
}

/** A line at the moment that is shown. @param {CanvasRenderingContext2D} context @param {number} at @param {ChartGeometry} geometry @param {string} colour */
function drawNow(context, at, { bottom }, colour) {
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  strokeLine(context, [at, MARGIN.top], [at, bottom]);
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {ChartGeometry} geometry @param {number} read */
function drawReading(context, { x, lines, colours }, geometry, read) {
  const at = geometry.x.toPixel(x[read]);
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  strokeLine(context, [at, MARGIN.top], [at, geometry.bottom]);
  for (const { values, colour } of lines) {
    const value = values[read];
    if (value === null || value > RUNAWAY) continue;
    context.beginPath();
    context.arc(at, geometry.y.toPixel(value), 3.5, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = colours.paper;
    context.stroke();
  }
}
