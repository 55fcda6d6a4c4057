// Draws lines over a common x axis: grid, round labels, each line in its colour and dash.
// Knows numbers and colours; what the lines mean is the caller's business.

import { withSign } from "../core/decimals.js";
import { formatCount } from "../core/format.js";
import { decades, linearScale, logScale, roundTop, ticks } from "../core/scales.js";

/** @typedef {{values: (number|null)[], colour: string, width?: number, dash?: number[]}} Line */
/** @typedef {{muted: string, grid: string, ink: string, paper: string}} ChartColours */
/** @typedef {{widthCss: number, heightCss: number}} Size */
/**
 * x ascending; label: of a value of the y axis; now: the moment that is shown, marks: places on the x axis.
 * @typedef {{x: number[], lines: Line[], colours: ChartColours, label?: (value: number) => string, logarithmic?: boolean,
 *   now?: number, marks?: number[]}} Chart
 */

export const MARGIN = { left: 40, right: 8, top: 8, bottom: 20 };
/** A logarithmic axis shows the largest values and what lies up to so many powers of ten below. */
const MOST_DECADES = 6;

/** A diverging loss leaves the chart at the top instead of flattening all that went before. */
export const RUNAWAY = 1e6;
const LABEL_CSS = 16; // of height, so that labels stand apart
const FONT = "11px system-ui, sans-serif";

/**
 * Where values stand in a chart of this size.
 * @param {Pick<Chart, "x"|"lines"|"logarithmic">} chart
 * @param {Size} size
 */
export function chartGeometry({ x, lines, logarithmic }, { widthCss, heightCss }) {
  const axis = (logarithmic ? logAxis : linearAxis)(lines, [heightCss - MARGIN.bottom, MARGIN.top]);
  /** @type {[number, number]} */
  const xRange = [0, Math.max(1, x.at(-1) ?? 1)];
  return {
    ...axis,
    xRange,
    x: linearScale(xRange, [MARGIN.left, widthCss - MARGIN.right]),
    left: MARGIN.left,
    right: widthCss - MARGIN.right,
    bottom: heightCss - MARGIN.bottom,
  };
}

/** @typedef {ReturnType<typeof chartGeometry>} ChartGeometry */

/** From 0 to a round value. @param {Line[]} lines @param {[number, number]} pixels */
function linearAxis(lines, pixels) {
  const top = roundTop(extremes(lines).largest);
  const count = Math.min(4, Math.floor((pixels[0] - pixels[1]) / LABEL_CSS));
  return { yTicks: ticks([0, top], Math.max(1, count)), y: linearScale([0, top], pixels) };
}

/** From one power of ten to another. @param {Line[]} lines @param {[number, number]} pixels */
function logAxis(lines, pixels) {
  const { smallest, largest } = extremes(lines);
  const high = largest > 0 ? Math.ceil(Math.log10(largest)) : 0;
  const low = Math.max(
    high - MOST_DECADES,
    Math.min(high - 1, smallest < Infinity ? Math.floor(Math.log10(smallest)) : high - 1),
  );
  /** @type {[number, number]} */
  const range = [10 ** low, 10 ** high];
  return { yTicks: decades(range), y: logScale(range, pixels) };
}

/** The smallest value above 0 and the largest, but for those that ran away. @param {Line[]} lines */
function extremes(lines) {
  let [smallest, largest] = [Infinity, 0];
  for (const { values } of lines) {
    for (const value of values) {
      if (value === null || value > RUNAWAY) continue;
      if (value > largest) largest = value;
      if (value > 0 && value < smallest) smallest = value;
    }
  }
  return { smallest, largest };
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {Size} size */
export function drawLineChart(context, chart, size) {
  const geometry = chartGeometry(chart, size);
  context.clearRect(0, 0, size.widthCss, size.heightCss);
  context.font = FONT;
  drawGrid(context, geometry, chart);
  for (const line of chart.lines) drawLine(context, chart.x, line, geometry);
  return geometry;
}

/** @param {CanvasRenderingContext2D} context @param {ChartGeometry} geometry @param {Chart} chart */
function drawGrid(context, geometry, { colours, label = compact }) {
  context.lineWidth = 1;
  context.strokeStyle = colours.grid;
  context.fillStyle = colours.muted;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of geometry.yTicks) {
    const y = Math.round(geometry.y.toPixel(value)) + 0.5;
    strokeLine(context, [geometry.left, y], [geometry.right, y]);
    context.fillText(label(value), geometry.left - 6, y);
  }
  context.textBaseline = "top";
  for (const value of ticks(geometry.xRange, 4)) drawStepLabel(context, value, geometry);
}

/** @param {CanvasRenderingContext2D} context @param {number} value @param {ChartGeometry} geometry */
function drawStepLabel(context, value, geometry) {
  const text = compact(value);
  const half = context.measureText(text).width / 2;
  const at = Math.min(Math.max(geometry.x.toPixel(value), geometry.left + half), geometry.right - half);
  context.textAlign = "center";
  context.fillText(text, at, geometry.bottom + 5);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} x
 * @param {Line} line
 * @param {ChartGeometry} geometry
 */
function drawLine(context, x, { values, colour, width = 1.5, dash = [] }, geometry) {
  context.save();
  context.beginPath();
  const top = MARGIN.top - width; // a line along the top is drawn whole
  context.rect(geometry.left, top, geometry.right - geometry.left + 1, geometry.bottom + 1 - top);
  context.clip();
  context.beginPath();
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) drawing = false;
    else {
      const [px, py] = [geometry.x.toPixel(x[index]), geometry.y.toPixel(value)];
      if (drawing) context.lineTo(px, py);
      else context.moveTo(px, py);
      drawing = true;
    }
  });
  context.lineJoin = "round";
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.setLineDash(dash);
  context.stroke();
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} from @param {[number, number]} to */
export function strokeLine(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** @param {number} value 12500 as 12.5k, 2500 as 2,500, 0.0001 as 1e-4 */
function compact(value) {
  if (value > 0 && value < 1e-3) return value.toExponential();
  if (value >= 1e6) return withSign(`${Number((value / 1e6).toPrecision(3))}M`);
  if (value >= 1e4) return withSign(`${Number((value / 1e3).toPrecision(3))}k`);
  return value >= 1e3 ? formatCount(value) : withSign(String(value));
}
