// Draws lines over a common x axis: grid, round labels, each line in its colour and dash, a marker where one hovers.
// Knows numbers and colours; what the lines mean is the caller's business.

import { linearScale, roundTop, ticks } from "../core/scales.js";

/** @typedef {{values: (number|null)[], colour: string, width?: number, dash?: number[]}} Line */
/** @typedef {{muted: string, grid: string, ink: string, paper: string}} ChartColours */
/** @typedef {{widthCss: number, heightCss: number}} Size */

const MARGIN = { left: 40, right: 8, top: 8, bottom: 20 };
const FONT = "11px system-ui, sans-serif";

/**
 * Where values stand in a chart of this size; the y axis begins at 0 and ends at a round value.
 * @param {number[]} x ascending
 * @param {Line[]} lines
 * @param {Size} size
 */
export function chartGeometry(x, lines, { widthCss, heightCss }) {
  let largest = 0;
  for (const { values } of lines) for (const value of values) if (value !== null && value > largest) largest = value;
  const top = roundTop(largest);
  /** @type {[number, number]} */
  const xRange = [0, Math.max(1, x.at(-1) ?? 1)];
  return {
    top,
    xRange,
    x: linearScale(xRange, [MARGIN.left, widthCss - MARGIN.right]),
    y: linearScale([0, top], [heightCss - MARGIN.bottom, MARGIN.top]),
    left: MARGIN.left,
    right: widthCss - MARGIN.right,
    bottom: heightCss - MARGIN.bottom,
  };
}

/** @typedef {ReturnType<typeof chartGeometry>} ChartGeometry */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number[], lines: Line[], size: Size, colours: ChartColours, hover: number}} chart hover: index, -1 for none
 */
export function drawLineChart(context, { x, lines, size, colours, hover }) {
  const geometry = chartGeometry(x, lines, size);
  context.clearRect(0, 0, size.widthCss, size.heightCss);
  context.font = FONT;
  drawGrid(context, geometry, colours);
  for (const line of lines) drawLine(context, x, line, geometry);
  if (hover >= 0) drawHover(context, x[hover], lines.map((line) => ({ ...line, value: line.values[hover] })), geometry, colours);
}

/** @param {CanvasRenderingContext2D} context @param {ChartGeometry} geometry @param {ChartColours} colours */
function drawGrid(context, geometry, colours) {
  context.lineWidth = 1;
  context.strokeStyle = colours.grid;
  context.fillStyle = colours.muted;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of ticks([0, geometry.top], 4)) {
    const y = Math.round(geometry.y.toPixel(value)) + 0.5;
    strokeLine(context, [geometry.left, y], [geometry.right, y]);
    context.fillText(compact(value), geometry.left - 6, y);
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
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} step
 * @param {(Line & {value: number|null})[]} lines
 * @param {ChartGeometry} geometry
 * @param {ChartColours} colours
 */
function drawHover(context, step, lines, geometry, colours) {
  const at = geometry.x.toPixel(step);
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  strokeLine(context, [at, MARGIN.top], [at, geometry.bottom]);
  for (const { value, colour } of lines) {
    if (value === null) continue;
    context.beginPath();
    context.arc(at, geometry.y.toPixel(value), 3.5, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = colours.paper;
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} from @param {[number, number]} to */
function strokeLine(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** @param {number} value 12500 as 12.5k */
function compact(value) {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return value >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : String(value);
}
