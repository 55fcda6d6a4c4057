// The lines where a class's probability is 0.5, over the plane. Knows regions and colours, not the page.

import { contour, probabilityOf } from "../core/contours.js";
import { decodeLabels, decodeLevels } from "../core/regions.js";

const LEVEL = 0.5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/types.js").Regions} regions
 * @param {{classes: number, colours: {classes: string[], ink: string, plane: string}}} look
 * @param {number} width of the plot in CSS pixels
 */
export function drawContours(context, regions, { classes, colours }, width) {
  const { rows, cols } = regions;
  const cells = { rows, cols, labels: decodeLabels(regions.labels), levels: decodeLevels(regions.probability) };
  const cell = width / cols;
  // Of two classes both lines are the same one.
  for (let label = classes === 2 ? 1 : 0; label < classes; label++) {
    const pieces = contour(probabilityOf(cells, label, classes), rows, cols, LEVEL);
    trace(context, pieces, cell);
    stroke(context, colours.plane, 5);
    stroke(context, classes === 2 ? colours.ink : colours.classes[label], 2.25);
  }
}

/** @param {CanvasRenderingContext2D} context @param {number[]} pieces @param {number} cell */
function trace(context, pieces, cell) {
  context.beginPath();
  for (let i = 0; i < pieces.length; i += 4) {
    context.moveTo((pieces[i] + 0.5) * cell, (pieces[i + 1] + 0.5) * cell);
    context.lineTo((pieces[i + 2] + 0.5) * cell, (pieces[i + 3] + 0.5) * cell);
  }
}

/** @param {CanvasRenderingContext2D} context @param {string} colour @param {number} width */
function stroke(context, colour, width) {
  context.lineCap = "round";
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
