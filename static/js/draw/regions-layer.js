// Draws decision regions: refined to a small picture, which is enlarged smoothly onto the plane. All buffers are kept.

import { shadingTable } from "../core/palette.js";
import { LEVELS, decodeLabels, decodeLeads, decodeLevels } from "../core/regions.js";
import { refine } from "../core/smoothing.js";
import { contextOf } from "./canvas.js";

/** The picture has about this many rows: enough for smooth boundaries, few enough for slow phones. */
const FINE_ROWS = 300;

/** @typedef {{classes: import("../core/palette.js").Rgb[], paper: import("../core/palette.js").Rgb}} RegionColours */

/** The picture is about half as fine as a usual screen: straight lines between its cells are enough there, and take half as long. */
const smoothing = () => (devicePixelRatio > 1 ? "high" : "low");

/**
 * Pure part: the pixel of each cell.
 * @param {Uint32Array} pixels one per cell, written
 * @param {Uint8Array} labels
 * @param {Uint8Array} levels
 * @param {Uint32Array} table from shadingTable
 */
export function shadeCells(pixels, labels, levels, table) {
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[labels[i] * LEVELS + levels[i]];
}

/**
 * @param {HTMLCanvasElement} canvas covers the plot; its context counts in CSS pixels
 * @param {{tableOf?: typeof shadingTable, levelsOf?: typeof decodeLevels, fineRows?: number}} [options] colour of every
 *   (label, level) pair; level of the winner's probability in each cell; rows of the picture, about
 */
export function createRegionsLayer(canvas, options = {}) {
  const { tableOf = shadingTable, levelsOf = decodeLevels, fineRows = FINE_ROWS } = options;
  const small = document.createElement("canvas");
  /** @type {ImageData|null} */
  let image = null;
  /** @type {Uint32Array} */
  let pixels = new Uint32Array(0);
  /** @type {Uint8Array|null} */
  let labels = null;
  /** @type {Uint8Array|null} */
  let levels = null;
  /** @type {Uint16Array|null} */
  let leads = null;
  /** @type {import("../core/smoothing.js").FineCells} */
  let fine = { rows: 0, cols: 0, labels: new Uint8Array(0), levels: new Uint8Array(0) };
  let [table, tableKey] = [new Uint32Array(0), ""];

  /** @param {RegionColours} colours @param {number} classes */
  const useColours = (colours, classes) => {
    const key = `${classes} ${colours.paper} ${colours.classes}`;
    if (key === tableKey) return;
    table = tableOf(colours.classes, colours.paper, classes);
    tableKey = key;
  };

  /** @param {number} rows @param {number} cols */
  const useSize = (rows, cols) => {
    if (image && image.width === cols && image.height === rows) return image;
    Object.assign(small, { width: cols, height: rows });
    image = contextOf(small).createImageData(cols, rows);
    pixels = new Uint32Array(image.data.buffer);
    fine = { rows, cols, labels: new Uint8Array(rows * cols), levels: new Uint8Array(rows * cols) };
    return image;
  };

  return {
    /**
     * @param {import("../core/types.js").Regions} regions
     * @param {RegionColours} colours
     * @param {number} classes
     * @param {{widthCss: number, heightCss: number}} size
     */
    show(regions, colours, classes, { widthCss, heightCss }) {
      useColours(colours, classes);
      const { rows, cols } = regions;
      const factor = Math.max(1, Math.round(fineRows / rows));
      const target = useSize(rows * factor, cols * factor);
      labels = decodeLabels(regions.labels, labels);
      levels = levelsOf(regions.probability, levels);
      leads = decodeLeads(regions.leads, { rows, cols, labels }, leads);
      refine({ rows, cols, labels, levels, leads }, fine);
      shadeCells(pixels, fine.labels, fine.levels, table);
      contextOf(small).putImageData(target, 0, 0);
      const context = contextOf(canvas);
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = smoothing();
      context.drawImage(small, 0, 0, widthCss, heightCss);
    },
  };
}
