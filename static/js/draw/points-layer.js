// Draws the points, the selection ring and the keyboard cursor over the regions. Knows colours and geometry, no events.

import { CLASS_SHAPES } from "../core/palette.js";
import { traceShape } from "./shapes.js";

/** Radius of a point in CSS pixels; with many points or a small plane they shrink so that the regions stay visible. */
const RADIUS_CSS = 5.5;
const SMALL_RADIUS_CSS = 4;
const MANY_POINTS = 500;
const SMALL_PLANE_CSS = 230;

/** @typedef {{classes: string[], paper: string, rim?: string, ink: string, accent: string}} PointColours rim: around each point, else paper */
/** @typedef {import("../core/types.js").Point} Point */
/** @typedef {import("../core/plane-geometry.js").Geometry} Geometry */

/** @param {number} count @param {number} [side] of the plane in CSS pixels */
export function pointRadius(count, side = Infinity) {
  return count > MANY_POINTS || side < SMALL_PLANE_CSS ? SMALL_RADIUS_CSS : RADIUS_CSS;
}

/**
 * All points: training points filled, held-out points hollow.
 * @param {CanvasRenderingContext2D} context
 * @param {Point[]} points
 * @param {Geometry} geometry
 * @param {PointColours} colours
 * @param {(point: Point) => string} [colourOf]
 */
export function drawPoints(context, points, geometry, colours, colourOf = (point) => colours.classes[point.label]) {
  const radius = pointRadius(points.length, geometry.plot.width);
  context.save();
  clipTo(context, geometry.plot);
  for (const point of points) {
    const [x, y] = [geometry.x.toPixel(point.x), geometry.y.toPixel(point.y)];
    const colour = colourOf(point);
    if (point.held_out) drawHollow(context, point, [x, y], radius, colour, colours);
    else drawFilled(context, point, [x, y], radius, colour, colours);
  }
  context.restore();
}

/**
 * A ring around the selected point.
 * @param {CanvasRenderingContext2D} context
 * @param {Point} point
 * @param {Geometry} geometry
 * @param {PointColours} colours
 */
export function drawSelection(context, point, geometry, colours) {
  const [x, y] = [geometry.x.toPixel(point.x), geometry.y.toPixel(point.y)];
  ring(context, [x, y], 11, 4, colours.paper);
  ring(context, [x, y], 11, 2, colours.accent);
}

/**
 * The keyboard cursor: a cross with an open middle, so that the place itself stays visible.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} cursor
 * @param {Geometry} geometry
 * @param {PointColours} colours
 */
export function drawCursor(context, cursor, geometry, colours) {
  const [x, y] = [geometry.x.toPixel(cursor.x), geometry.y.toPixel(cursor.y)];
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [4, colours.paper],
    [2, colours.ink],
  ])) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Point} point
 * @param {[number, number]} at
 * @param {number} radius
 * @param {string} colour
 * @param {PointColours} colours
 */
function drawFilled(context, point, at, radius, colour, { paper, rim = paper }) {
  context.beginPath();
  traceShape(context, CLASS_SHAPES[point.label], ...at, radius);
  context.lineJoin = "round";
  context.lineWidth = 2.5;
  context.strokeStyle = rim;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Point} point
 * @param {[number, number]} at
 * @param {number} radius
 * @param {string} colour
 * @param {PointColours} colours
 */
function drawHollow(context, point, at, radius, colour, { paper, rim = paper }) {
  context.beginPath();
  traceShape(context, CLASS_SHAPES[point.label], ...at, radius);
  context.lineJoin = "round";
  context.lineWidth = 4.5;
  context.strokeStyle = rim;
  context.stroke();
  context.fillStyle = paper;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} at
 * @param {number} radius
 * @param {number} width
 * @param {string} colour
 */
function ring(context, at, radius, width, colour) {
  context.beginPath();
  context.arc(...at, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {import("../core/plane-geometry.js").Rect} rect */
function clipTo(context, { left, top, width, height }) {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}
