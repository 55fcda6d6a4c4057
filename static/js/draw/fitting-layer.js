// Draws what a fitting network says: a surface as shades from blue over paper to orange, a curve as a line.

import { curveOf, valueShare } from "../core/fitting.js";
import { mix } from "../core/palette.js";
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
export function paintValues(pixels, { values = "", value_range: [low, high] = [0, 0] }, colours) {
  const table = Uint32Array.from({ length: LEVELS }, (_, level) => {
    const [r, g, b] = valueColour(low + (level / (LEVELS - 1)) * (high - low), colours, STRONGEST);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
  decodeLevels(values).forEach((level, i) => (pixels[i] = table[level]));
}

/**
 * Blue below zero, orange above, paper at zero.
 * @param {number} value
 * @param {RegionColours} colours
 * @param {number} strongest
 */
export function valueColour(value, { classes, paper }, strongest) {
  const offset = 2 * valueShare(value) - 1;
  return mix(paper, classes[offset < 0 ? 0 : 1], Math.abs(offset) * strongest);
}

/**
 * The fitted curve over the plane.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../core/types.js").Regions} regions
 * @param {import("../core/plane-geometry.js").Geometry} geometry
 * @param {{accent: string, paper: string}} colours
 */
export function drawCurve(context, regions, { plot, y }, { accent, paper }) {
  const curve = curveOf(regions);
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  context.beginPath();
  curve.forEach((height, i) => context.lineTo(plot.left + ((i + 0.5) / curve.length) * plot.width, y.toPixel(height)));
  context.lineJoin = "round";
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [6, paper],
    [3, accent],
  ])) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.restore();
}
