// Draws an experiment small: its regions on one canvas, its points as plain marks on another, so that a frame never redraws
// the points. Knows documents and frames, not the page.

import { CLASS_SHAPES } from "../core/palette.js";
import { planeGeometry } from "../core/plane-geometry.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { createFittingLayer, drawFit } from "./fitting-layer.js";
import { createRegionsLayer } from "./regions-layer.js";
import { traceShape } from "./shapes.js";

/** Rows that make a smooth border in a small picture: a fifth of the work for a large one. */
export const SMALL = 120;
export const LARGE = 300;

/** A mark's radius is this share of the picture's side, but no larger than on the playground, unless the picture is. */
const [MARK_SHARE, LARGE_MARK_SHARE] = [1 / 52, 1 / 110];
const [LEAST_MARK_CSS, USUAL_MARK_CSS] = [1.3, 5];

/** Marks smaller than this have no rim and are not hollow: there is no room for it. */
const PLAIN_MARK_CSS = 2.2;

/** @typedef {import("../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../core/types.js").Regions} Regions */
/**
 * @typedef {{classes: string[], plane: string, ink: string, muted: string, accent: string, paper: string,
 *   regions: import("./regions-layer.js").RegionColours}} ThumbnailColours
 */

/** @param {{below: HTMLCanvasElement, above: HTMLCanvasElement}} canvases one over the other @param {number} fineRows small or large */
export function createThumbnail({ below, above }, fineRows) {
  const regionsLayer = createRegionsLayer(below, { fineRows });
  const fittingLayer = createFittingLayer(below);

  return {
    /** @param {Regions} regions @param {LabDocument} document @param {ThumbnailColours} colours @param {number} sideCss */
    showRegions(regions, { task, classes, points, view }, colours, sideCss) {
      fitCanvas(below, sideCss, sideCss);
      const size = { widthCss: sideCss, heightCss: sideCss };
      if (!regions.values) return regionsLayer.show(regions, colours.regions, classes, size);
      const isCurve = task === "curve_fitting";
      fittingLayer.show(regions, colours.regions, isCurve, size);
      if (isCurve) drawFit(contextOf(below), { regions, points }, planeGeometry(sideCss, sideCss, view), colours);
    },
    /** @param {LabDocument} document @param {(point: import("../core/types.js").Point) => string} colourOf @param {ThumbnailColours} colours @param {number} sideCss */
    showPoints({ points, view }, colourOf, colours, sideCss) {
      fitCanvas(above, sideCss, sideCss);
      const context = contextOf(above);
      context.clearRect(0, 0, sideCss, sideCss);
      const geometry = planeGeometry(sideCss, sideCss, view);
      const radius = markRadiusCss(sideCss);
      for (const point of points)
        drawMark(context, point, geometry, { radius, colour: colourOf(point), paper: colours.plane });
    },
  };
}

/** Of a picture of this side, so that a projector's marks are seen from the last row. @param {number} sideCss */
export function markRadiusCss(sideCss) {
  const most = Math.max(USUAL_MARK_CSS, sideCss * LARGE_MARK_SHARE);
  return Math.min(most, Math.max(LEAST_MARK_CSS, sideCss * MARK_SHARE));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/types.js").Point} point
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {{radius: number, colour: string, paper: string}} look
 */
function drawMark(context, point, { x, y }, { radius, colour, paper }) {
  context.beginPath();
  traceShape(context, CLASS_SHAPES[point.label], x.toPixel(point.x), y.toPixel(point.y), radius);
  context.lineWidth = radius < PLAIN_MARK_CSS ? 0.6 : 1.6;
  context.strokeStyle = paper;
  context.stroke();
  const isHollow = point.held_out && radius >= PLAIN_MARK_CSS;
  context.fillStyle = isHollow ? paper : colour;
  context.fill();
  if (!isHollow) return;
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.stroke();
}
