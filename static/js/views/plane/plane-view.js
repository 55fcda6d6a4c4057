// The plane: decision regions under axes and points, on two canvases, so that a moving point never redraws the regions.
// Gives the hand's and the keyboard's wishes to its callbacks; changes nothing by itself.

import { formatCoordinate } from "../../core/format.js";
import { t, tn } from "../../core/messages.js";
import { planeGeometry } from "../../core/plane-geometry.js";
import { drawAxes } from "../../draw/axes.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawCursor, drawPoints, drawSelection } from "../../draw/points-layer.js";
import { createRegionsLayer } from "../../draw/regions-layer.js";
import { className } from "./class-mark.js";
import { planeInks, pointColours } from "./point-colours.js";
import { h, once } from "../dom.js";
import { listenToPointer } from "./plane-pointer.js";

/** What a stroke is made of. */
const STROKE = ["pointerdown", "pointermove", "pointerup"];

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/plane-geometry.js").Geometry} Geometry */
/**
 * Changes of one gesture are one edit.
 * @typedef {{onAdd: (places: {x: number, y: number}[], gesture?: number) => void,
 *   onMove: (edits: import("../../core/grouping.js").Edit[], gesture: number) => void,
 *   onDelete: (ids: number[], gesture?: number) => void,
 *   onSelect: (id: number|null) => void, onChoose: (label: number) => void, onGroup: (ids: number[]) => void,
 *   onDeleteGroup: () => void, onCursor: (cursor: {x: number, y: number}|null) => void}} PlaneActions
 */
/**
 * @typedef {{document: LabDocument, regions: import("../../core/types.js").Regions|null, selectedId: number|null, group: number[],
 *   curves: import("../../core/types.js").UnitCurves|null,
 *   cursor: {x: number, y: number}|null, canEdit: boolean, tool: import("./tools.js").Tool,
 *   colours: import("../header/theme.js").Colours}} PlaneState
 */

/**
 * @param {HTMLElement} element square place on the page
 * @param {PlaneActions} actions
 */
export function createPlaneView(element, actions) {
  const below = h("canvas", { class: "regions", "aria-hidden": true });
  const above = h("canvas", {
    class: "points",
    tabindex: 0,
    role: "application",
    "aria-roledescription": t("plane of points"),
    "aria-describedby": "plane-keys",
  });
  element.append(below, above);
  const layer = createRegionsLayer(below);
  // Fits are drawn by code that is fetched with the first one.
  /** @type {{layer: ReturnType<typeof import("../../draw/fitting-layer.js").createFittingLayer>, drawFit: typeof import("../../draw/fitting-layer.js").drawFit}|null} */
  let fitting = null;
  const loadFitting = once(async () => {
    const { createFittingLayer, drawFit } = await import("../../draw/fitting-layer.js");
    fitting = { layer: createFittingLayer(below), drawFit };
    drawnRegions = [];
    draw();
  });
  /** @type {PlaneState|null} */
  let state = null;
  /** @type {Geometry|null} */
  let geometry = null;
  /** @type {unknown[]} what the regions canvas shows now */
  let drawnRegions = [];

  const measure = () => {
    if (!state) return;
    geometry = planeGeometry(element.clientWidth, element.clientHeight, state.document.view);
  };

  const drawRegions = () => {
    if (!state?.regions || !geometry) return;
    const { plot } = geometry;
    const wanted = [state.regions, state.colours, state.document.classes, plot.width, window.devicePixelRatio];
    if (wanted.every((value, index) => value === drawnRegions[index])) return;
    drawnRegions = wanted;
    fitCanvas(below, plot.width, plot.height);
    below.style.width = `${plot.width}px`;
    below.style.height = `${plot.height}px`;
    const size = { widthCss: plot.width, heightCss: plot.height };
    if (state.regions.values) {
      loadFitting();
      fitting?.layer.show(state.regions, state.colours.regions, state.document.task === "curve_fitting", size);
    } else layer.show(state.regions, state.colours.regions, state.document.classes, size);
  };

  const drawPointsOver = () => {
    if (!state || !geometry) return;
    const { document, regions, colours, cursor, selectedId, group } = state;
    fitCanvas(above, element.clientWidth, element.clientHeight);
    const context = contextOf(above);
    context.clearRect(0, 0, element.clientWidth, element.clientHeight);
    const inks = planeInks(document.task, colours);
    drawAxes(context, geometry, document.view, colours);
    drawPoints(context, document.points, geometry, inks, pointColours(document.task, colours));
    if (document.task === "curve_fitting" && regions?.values)
      fitting?.drawFit(context, { regions, curves: state.curves, points: document.points }, geometry, inks);
    const chosen = new Set([selectedId, ...group]);
    for (const point of document.points)
      if (chosen.has(Number(point.id))) drawSelection(context, point, geometry, inks);
    if (cursor) drawCursor(context, cursor, geometry, inks);
  };

  const draw = () => {
    measure();
    drawRegions();
    drawPointsOver();
  };

  const access = { state: () => state, geometry: () => geometry };

  /** Events wait, in order, for the code that hears them. @param {string[]} types @param {() => Promise<unknown>} load @param {(event: Event) => boolean} isMeant */
  const waitFor = (types, load, isMeant) => {
    /** @type {Event[]} */
    const waiting = [];
    const wait = (/** @type {Event} */ event) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      event.stopPropagation();
      waiting.push(event);
    };
    for (const type of types) above.addEventListener(type, wait);
    return once(async () => {
      await load();
      for (const type of types) above.removeEventListener(type, wait);
      for (const event of waiting) above.dispatchEvent(new /** @type {any} */ (event).constructor(event.type, event));
    });
  };
  listenToPointer(above, access, actions);
  const useKeys = waitFor(
    ["keydown"],
    async () => (await import("./plane-keyboard.js")).listenToKeys(above, access, actions),
    (event) => /** @type {KeyboardEvent} */ (event).key !== "Tab",
  );
  above.addEventListener("focus", useKeys);
  // The tools are fetched when they are taken up first.
  const useGroups = waitFor(
    STROKE,
    async () => (await import("./plane-group.js")).listenForGroups(element, access, actions),
    () => state?.tool === "select",
  );
  const useStrokes = waitFor(
    STROKE,
    async () => (await import("./plane-strokes.js")).listenForStrokes(above, access, actions),
    () => state?.tool === "paint" || state?.tool === "erase",
  );
  const observer = new ResizeObserver(draw);
  observer.observe(element);

  return {
    /** @param {PlaneState} newState */
    show(newState) {
      if (state && isSame(state, newState)) return;
      if (state?.document !== newState.document) above.setAttribute("aria-label", describePlane(newState.document));
      state = newState;
      if (state.tool === "select") useGroups();
      else if (state.tool !== "point") useStrokes();
      draw();
    },
    resize: draw,
    destroy: () => observer.disconnect(),
  };
}

/** @param {PlaneState} a @param {PlaneState} b */
function isSame(a, b) {
  return /** @type {(keyof PlaneState)[]} */ (Object.keys(b)).every((key) => a[key] === b[key]);
}

/**
 * The plane in words.
 * @param {LabDocument} document
 */
function describePlane({ points, classes, view, task }) {
  const counts =
    task !== "classification"
      ? [tn("1 point", "{count} points", points.length)]
      : Array.from({ length: classes }, (_, label) => {
          const count = points.filter((point) => point.label === label).length;
          return `${className(label)}: ${count}`;
        });
  const range = (/** @type {import("../../core/types.js").Range} */ [low, high]) =>
    t("{low} to {high}", { low: formatCoordinate(low), high: formatCoordinate(high) });
  return t("Plane, x from {x_range}, y from {y_range}. {counts}.", {
    x_range: range(view.x_range),
    y_range: range(view.y_range),
    counts: counts.join(", "),
  });
}
