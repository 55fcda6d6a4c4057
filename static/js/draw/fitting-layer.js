// Draws what a fitting network says: a surface as shades from orange over paper to blue, a curve as a line.

import { curveOf, unitCurves, worstPoint } from "../core/curves.js";
import { valueColour } from "../core/fitted-values.js";
import { LEVELS, decodeLevels } from "../core/regions.js";
import { contextOf } from "./canvas.js";

/** Share of the class colour at the ends of the scale. */
const STRONGEST = 0.62;

/** @typedef {import("./regions-layer.js").RegionColours} RegionColours */

/** @param {HTMLCanvasElement} canvas covers the plot; its context counts in CSS pixels */
export function createFittingLayer(canvas) {
  const small = document.createElement("canvas");
  return {
    /**
     * @param {import("../core/types.js").Regions} regions
     * @param {RegionColours} colours
     * @param {boolean} isCurve
     * @param {{widthCss: number, heightCss: number}} size
     */
    show(regions, colours, isCurve, { widthCss, heightCss }) {
      const context = contextOf(canvas);
      context.clearRect(0, 0, widthCss, heightCss);
      if (isCurve) return;
      Object.assign(small, { width: regions.cols, height: regions.rows });
      const image = contextOf(small).createImageData(regions.cols, regions.rows);
      paintValues(new Uint32Array(image.data.buffer), regions, colours);
      contextOf(small).putImageData(image, 0, 0);
      context.imageSmoothingQuality = "high";
      context.drawImage(small, 0, 0, widthCss, heightCss);
    },
  };
}

/**
 * Pure part: the pixel of each cell, little-endian RGBA.
 * @param {Uint32Array} pixels written
 * @param {import("../core/types.js").Regions} regions
 * @param {RegionColours} colours
 */
function paintValues(pixels, { values = "", value_range: [low, high] = [0, 0] }, colours) {
  const table = Uint32Array.from({ length: LEVELS }, (_, level) => {
    const [r, g, b] = valueColour(low + (level / (LEVELS - 1)) * (high - low), colours, STRONGEST);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
  decodeLevels(values).forEach((level, i) => (pixels[i] = table[level]));
}

/** How strongly the units' own curves show behind the fitted one. */
const FAINT = 0.32;

/**
 * The fitted curve over the plane; behind it, faintly, the curves of the last hidden layer's units; and a line from the
 * curve to the training point it misses by most.
 * @param {CanvasRenderingContext2D} context
 * @param {{regions: import("../core/types.js").Regions, curves?: import("../core/types.js").UnitCurves|null,
 *   points: import("../core/types.js").Point[]}} fit
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {{accent: string, paper: string, muted: string, ink: string}} colours
 */
export function drawFit(context, { regions, curves, points }, geometry, { accent, paper, muted, ink }) {
  const { plot, x, y } = geometry;
  const curve = curveOf(regions);
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.lineJoin = "round";
  context.globalAlpha = FAINT;
  for (const heights of curves ? unitCurves(curves) : [])
    stroke(context, () => trace(context, heights, geometry), 1.5, muted);
  context.globalAlpha = 1;
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [6, paper],
    [3, accent],
  ]))
    stroke(context, () => trace(context, curve, geometry), width, colour);
  const worst = worstPoint(curve, regions.x_range, points);
  if (worst) {
    const at = x.toPixel(worst.point.x);
    context.setLineDash([4, 3]);
    stroke(
      context,
      () => (context.moveTo(at, y.toPixel(worst.point.y)), context.lineTo(at, y.toPixel(worst.height))),
      2,
      ink,
    );
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {() => void} draw @param {number} width @param {string} colour */
function stroke(context, draw, width, colour) {
  context.beginPath();
  draw();
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Float64Array} heights @param {import("../core/plane-geometry.js").Geometry} geometry */
function trace(context, heights, { plot, y }) {
  heights.forEach((height, i) =>
    context.lineTo(plot.left + ((i + 0.5) / heights.length) * plot.width, y.toPixel(height)),
  );
}
