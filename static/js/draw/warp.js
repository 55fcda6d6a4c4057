// Draws the plane as two units see it: the bent grid, tinted by the predicted class, and the points. Knows positions and
// colours, not where they come from.

import { axisLabel } from "../core/plane-geometry.js";
import { linearScale, ticks } from "../core/scales.js";
import { drawPoints } from "./points-layer.js";

/** @typedef {import("../core/warp.js").WarpPicture} WarpPicture */
/**
 * @typedef {{colours: import("./points-layer.js").PointColours & {grid: string, muted: string, hairline: string, strong: string},
 *   labels: Uint8Array|null, points: import("../core/types.js").Point[], size: number}} WarpLook
 */

const LEFT_CSS = 34;
const BOTTOM_CSS = 22;

/** Room for a tick and its number; there are no more of them than the plot has room for. */
const TICK_CSS = 26;
const MOST_TICKS = 5;
const TINT = 0.2;

/** @param {WarpPicture} picture @param {number} size */
function warpGeometry({ box }, size) {
  const plot = { left: LEFT_CSS, top: 1, width: size - LEFT_CSS - 1, height: size - BOTTOM_CSS - 1 };
  return {
    plot,
    x: linearScale([box[0], box[1]], [plot.left, plot.left + plot.width]),
    y: linearScale([box[2], box[3]], [plot.top + plot.height, plot.top]),
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {WarpPicture} picture
 * @param {WarpLook} look labels: predicted class of each grid position, null in fitting tasks
 */
export function drawWarp(context, picture, { colours, labels, points, size }) {
  const geometry = warpGeometry(picture, size);
  const { plot } = geometry;
  context.clearRect(0, 0, size, size);
  drawFrame(context, picture, geometry, colours);
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  const pixels = toPixels(picture.grid, geometry);
  if (labels) drawTint(context, picture, pixels, labels, colours.classes);
  drawGrid(context, picture, pixels, colours.strong);
  context.restore();
  drawPoints(context, movedPoints(points, picture.points), geometry, colours);
}

/** @param {Float32Array} grid @param {ReturnType<typeof warpGeometry>} geometry */
function toPixels(grid, { x, y }) {
  return grid.map((value, i) => (i % 2 ? y : x).toPixel(value));
}

/** @param {import("../core/types.js").Point[]} points @param {Float32Array} positions */
function movedPoints(points, positions) {
  return points
    .slice(0, positions.length / 2)
    .map((point, i) => ({ ...point, x: positions[2 * i], y: positions[2 * i + 1] }));
}

/**
 * Each square between four positions in the colour of the class at its first corner. Each is filled by itself: squares that
 * the layer has folded over lie turned round, and in one path they would cut holes into each other.
 * @param {CanvasRenderingContext2D} context
 * @param {WarpPicture} picture
 * @param {Float32Array} pixels
 * @param {Uint8Array} labels
 * @param {string[]} colours
 */
function drawTint(context, { rows, cols }, pixels, labels, colours) {
  context.globalAlpha = TINT;
  for (let row = 0; row + 1 < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const i = row * cols + col;
      context.fillStyle = colours[labels[i]];
      context.beginPath();
      context.moveTo(pixels[2 * i], pixels[2 * i + 1]);
      for (const at of [i + 1, i + cols + 1, i + cols]) context.lineTo(pixels[2 * at], pixels[2 * at + 1]);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {WarpPicture} picture @param {Float32Array} pixels @param {string} colour */
function drawGrid(context, { rows, cols }, pixels, colour) {
  context.beginPath();
  const line = (/** @type {number} */ first, /** @type {number} */ step, /** @type {number} */ count) => {
    for (let i = 0; i < count; i++) {
      const at = 2 * (first + i * step);
      context[i ? "lineTo" : "moveTo"](pixels[at], pixels[at + 1]);
    }
  };
  for (let row = 0; row < rows; row++) line(row * cols, 1, cols);
  for (let col = 0; col < cols; col++) line(col, cols, rows);
  context.lineWidth = 0.8;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {WarpPicture} picture
 * @param {ReturnType<typeof warpGeometry>} geometry
 * @param {WarpLook["colours"]} colours
 */
function drawFrame(context, { box }, { plot, x, y }, colours) {
  const bottom = plot.top + plot.height;
  const count = Math.min(MOST_TICKS, Math.floor(plot.width / TICK_CSS));
  context.strokeStyle = colours.grid;
  context.lineWidth = 1;
  context.strokeRect(plot.left + 0.5, plot.top + 0.5, plot.width - 1, plot.height - 1);
  context.fillStyle = colours.muted;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const value of ticks([box[0], box[1]], count)) context.fillText(axisLabel(value), x.toPixel(value), bottom + 6);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of ticks([box[2], box[3]], count))
    context.fillText(axisLabel(value), plot.left - 6, Math.min(bottom - 6, Math.max(8, y.toPixel(value))));
}
