// Composes the plane as a picture for papers and slides: title, regions, axes and points at twice the screen's size.

import { CLASS_SHAPES } from "../core/palette.js";
import { labelRoom, planeGeometry } from "../core/plane-geometry.js";
import { drawAxes } from "./axes.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { createFittingLayer, drawFit } from "./fitting-layer.js";
import { drawPoints } from "./points-layer.js";
import { createRegionsLayer } from "./regions-layer.js";
import { traceShape } from "./shapes.js";

const SIDE_CSS = 620;
const TITLE_CSS = 34;
const LEGEND_CSS = 26;

/**
 * @param {{document: import("../core/types.js").LabDocument, regions: import("../core/types.js").Regions|null,
 *   title: string, colourOf: (point: import("../core/types.js").Point) => string, colours: import("./points-layer.js").PointColours & {muted: string, hairline: string,
 *   regions: import("./regions-layer.js").RegionColours}}} content
 * @returns {HTMLCanvasElement}
 */
export function drawFigure({ document: shown, regions, title, colours, colourOf }) {
  const canvas = document.createElement("canvas");
  const names = shown.task === "classification" ? namedClasses(shown) : [];
  const height = TITLE_CSS + SIDE_CSS + (names.length ? LEGEND_CSS : 0);
  fitCanvas(canvas, SIDE_CSS, height, 2);
  const context = contextOf(canvas);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, SIDE_CSS, height);
  context.fillStyle = colours.ink;
  context.font = "600 17px system-ui, sans-serif";
  context.fillText(title, 26, 22, SIDE_CSS - 40);
  context.translate(0, TITLE_CSS);
  const geometry = planeGeometry(SIDE_CSS - 8, SIDE_CSS - 8, shown.view, labelRoom(shown.view));
  if (regions)
    context.drawImage(
      regionsPicture(regions, colours, shown),
      geometry.plot.left,
      geometry.plot.top,
      geometry.plot.width,
      geometry.plot.height,
    );
  drawAxes(context, geometry, shown.view, colours);
  drawPoints(context, shown.points, geometry, colours, colourOf);
  if (regions && shown.task === "curve_fitting") drawFit(context, { regions, points: shown.points }, geometry, colours);
  drawLegend(context, names, colours.ink, colourOf);
  return canvas;
}

/** The classes that have names of their own. @param {import("../core/types.js").LabDocument} shown */
const namedClasses = ({ classes, class_names = [] }) =>
  class_names.slice(0, classes).flatMap((name, label) => (name ? [{ name, label }] : []));

/**
 * Marks and names in a row below the plane.
 * @param {CanvasRenderingContext2D} context
 * @param {{name: string, label: number}[]} names
 * @param {string} ink
 * @param {(point: import("../core/types.js").Point) => string} colourOf
 */
function drawLegend(context, names, ink, colourOf) {
  const width = (SIDE_CSS - 40) / Math.max(1, names.length);
  context.font = "13px system-ui, sans-serif";
  context.textAlign = "left";
  context.textBaseline = "middle";
  names.forEach(({ name, label }, index) => {
    const [x, y] = [30 + index * width, SIDE_CSS + LEGEND_CSS / 2 - 4];
    context.beginPath();
    traceShape(context, CLASS_SHAPES[label], x, y, 6);
    context.fillStyle = colourOf({ x: 0, y: 0, label, held_out: false });
    context.fill();
    context.fillStyle = ink;
    context.fillText(name, x + 12, y, width - 18);
  });
}

/**
 * @param {import("../core/types.js").Regions} regions
 * @param {{regions: import("./regions-layer.js").RegionColours}} colours
 * @param {import("../core/types.js").LabDocument} shown
 */
function regionsPicture(regions, colours, { classes, task }) {
  const canvas = document.createElement("canvas");
  fitCanvas(canvas, SIDE_CSS, SIDE_CSS, 2);
  const size = { widthCss: SIDE_CSS, heightCss: SIDE_CSS };
  if (regions.values) createFittingLayer(canvas).show(regions, colours.regions, task === "curve_fitting", size);
  else createRegionsLayer(canvas).show(regions, colours.regions, classes, size);
  return canvas;
}
