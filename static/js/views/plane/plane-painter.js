// Paints the plane on its two canvases: regions or a fit on the lower one, axes, points, selection and cursor on the upper one,
// so that a moving point never redraws the regions.

import { planeGeometry } from "../../core/plane-geometry.js";
import { drawAxes } from "../../draw/axes.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawCursor, drawPoints, drawSelection } from "../../draw/points-layer.js";
import { createRegionsLayer } from "../../draw/regions-layer.js";
import { lazy } from "../lazy.js";
import { planeInks, pointColours } from "./point-colours.js";

/** @typedef {import("../../core/plane-geometry.js").Geometry} Geometry */
/** @typedef {import("./plane-view.js").PlaneState} PlaneState */

/**
 * @param {{below: HTMLCanvasElement, above: HTMLCanvasElement}} places two canvases of one square
 * @param {() => {widthCss: number, heightCss: number}} size the square's
 */
export function createPlanePainter({ below, above }, size) {
  /** @type {PlaneState|null} */
  let state = null;
  /** @type {Geometry|null} */
  let geometry = null;
  const paintRegions = createRegionsPainter(below, () => redraw());
  const paintAbove = createAbovePainter(above);

  const redraw = () => {
    if (!state) return;
    const { widthCss, heightCss } = size();
    geometry = planeGeometry(widthCss, heightCss, state.document.view);
    const drawFit = paintRegions(state, geometry);
    if (state.regions) place(below, state.regions, geometry);
    paintAbove(state, geometry, { widthCss, heightCss }, drawFit);
  };

  return {
    /** @param {PlaneState} newState */
    show(newState) {
      state = newState;
      redraw();
    },
    redraw,
    state: () => state,
    geometry: () => geometry,
  };
}

/** Paints the upper canvas when something on it has changed: while a network trains, most frames change the regions alone. @param {HTMLCanvasElement} canvas */
function createAbovePainter(canvas) {
  /** @type {unknown[]} what the canvas shows now */
  let drawn = [];
  return (
    /** @type {PlaneState} */ state,
    /** @type {Geometry} */ geometry,
    /** @type {{widthCss: number, heightCss: number}} */ { widthCss, heightCss },
    /** @type {typeof import("../../draw/fitting-layer.js").drawFit|undefined} */ drawFit,
  ) => {
    const { document, regions, curves, colours, cursor, selectedId, group } = state;
    const fit = document.task === "curve_fitting" ? [regions, curves, drawFit] : [];
    const { points, view, task } = document;
    const hand = [cursor, selectedId, group];
    const wanted = [points, view, task, colours, ...hand, widthCss, heightCss, devicePixelRatio, ...fit];
    if (wanted.length === drawn.length && wanted.every((value, index) => value === drawn[index])) return;
    drawn = wanted;
    fitCanvas(canvas, widthCss, heightCss);
    const context = contextOf(canvas);
    context.clearRect(0, 0, widthCss, heightCss);
    paintPoints(context, state, geometry, drawFit);
  };
}

/**
 * Put the regions where they belong, though the view may have gone on since the server drew them.
 * @param {HTMLCanvasElement} canvas
 * @param {import("../../core/types.js").Regions} regions
 * @param {Geometry} geometry
 */
export function place(canvas, { x_range, y_range }, { plot, x, y }) {
  const [left, right] = x_range.map(x.toPixel);
  const [bottom, top] = y_range.map(y.toPixel);
  const [across, down] = [(right - left) / plot.width, (bottom - top) / plot.height];
  const isThere = [left - plot.left, top - plot.top, across - 1, down - 1].every((off) => Math.abs(off) < 1e-6);
  canvas.style.transform = isThere
    ? ""
    : `translate(${left - plot.left}px, ${top - plot.top}px) scale(${across}, ${down})`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} onReady told when the code that draws fits has come
 */
function createRegionsPainter(canvas, onReady) {
  const layer = createRegionsLayer(canvas);
  /** @type {unknown[]} what the canvas shows now */
  let drawn = [];
  const fitting = lazy(
    async () => {
      const { createFittingLayer, drawFit } = await import("../../draw/fitting-layer.js");
      return { layer: createFittingLayer(canvas), drawFit };
    },
    () => {
      drawn = [];
      onReady();
    },
  );

  return (/** @type {PlaneState} */ { document, regions, colours }, /** @type {Geometry} */ { plot }) => {
    const wanted = [regions, colours, document.classes, plot.width, window.devicePixelRatio];
    if (!regions || wanted.every((value, index) => value === drawn[index])) return fitting.now()?.drawFit;
    drawn = wanted;
    fitCanvas(canvas, plot.width, plot.height);
    canvas.style.width = `${plot.width}px`;
    canvas.style.height = `${plot.height}px`;
    const size = { widthCss: plot.width, heightCss: plot.height };
    if (regions.values) {
      fitting.want();
      fitting.now()?.layer.show(regions, colours.regions, document.task === "curve_fitting", size);
    } else layer.show(regions, colours.regions, document.classes, size);
    return fitting.now()?.drawFit;
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneState} state
 * @param {Geometry} geometry
 * @param {typeof import("../../draw/fitting-layer.js").drawFit} [drawFit]
 */
function paintPoints(context, { document, regions, curves, colours, cursor, selectedId, group }, geometry, drawFit) {
  const inks = planeInks(document.task, colours);
  drawAxes(context, geometry, document.view, colours);
  drawPoints(context, document.points, geometry, inks, pointColours(document.task, colours));
  if (document.task === "curve_fitting" && regions?.values)
    drawFit?.(context, { regions, curves, points: document.points }, geometry, inks);
  const chosen = new Set([selectedId, ...group]);
  for (const point of document.points) if (chosen.has(Number(point.id))) drawSelection(context, point, geometry, inks);
  if (cursor) drawCursor(context, cursor, geometry, inks);
}
