// The plane as two units of a layer see it: the bent grid and the points, gliding from frame to frame. The units are chosen
// here by menus, or by clicks in the diagram.

import { t } from "../../core/messages.js";
import { decodeLabels } from "../../core/regions.js";
import { cellAt, decodeWarp } from "../../core/warp.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawWarp } from "../../draw/warp.js";
import { h, setAttribute } from "../dom.js";
import { watchOnScreen } from "../on-screen.js";
import { shortUnitName } from "../network/unit-names.js";
import { createGlide } from "./glide.js";
import { createWarpSelects } from "./warp-selects.js";

/** @typedef {import("../../core/warp.js").WarpPicture} WarpPicture */
/** @typedef {{layer: number, units: [number, number]}} Axes */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, regions: import("../../core/types.js").Regions|null,
 *   warp: import("../../core/types.js").Warp|null, counts: number[], axes: Axes|null, colours: import("../header/theme.js").Colours}} WarpState
 */

/** The picture is a square, at most so wide; one that is smaller than the least says nothing. */
const LEAST_CSS = 96;
const MOST_CSS = 420;

/** @param {HTMLElement} element @param {{onChoose: (axes: Axes) => void, onSight: (isInSight: boolean) => void}} options */
export function createWarpView(element, { onChoose, onSight }) {
  const canvas = h("canvas", { class: "warp-canvas", role: "img" });
  const selects = createWarpSelects(onChoose);
  const none = h("p", { class: "quiet", hidden: true }, t("No layer has two units to show: give one a second unit."));
  const place = h("div", { class: "warp-place" }, canvas);
  element.append(selects.element, place, none);
  /** @type {WarpState|null} */
  let state = null;
  /** @type {import("../../core/types.js").Warp|null} */
  let newest = null;
  let size = 0;
  const paint = createPainter(canvas);
  const draw = (/** @type {WarpPicture} */ picture) => {
    if (state && size >= LEAST_CSS) paint(picture, state, size);
  };
  const enter = () => {
    onSight(true);
    if (state) show(state);
  };
  const isOnScreen = watchOnScreen(element, enter, () => onSight(false));
  const glide = createGlide(draw, isOnScreen);
  const observer = new ResizeObserver(() => {
    size = Math.min(place.clientWidth, Math.max(place.clientHeight, LEAST_CSS), MOST_CSS);
    canvas.style.width = canvas.style.height = `${size}px`;
    glide.redraw();
  });
  observer.observe(place);

  /** @param {WarpState} newState */
  const show = (newState) => {
    const isRepaint = state?.colours !== newState.colours;
    state = newState;
    const { warp, axes, document, counts } = newState;
    none.hidden = axes !== null;
    selects.element.hidden = place.hidden = axes === null;
    if (!axes) return;
    selects.show(newState, axes);
    setAttribute(canvas, "aria-label", describe(document, counts, axes));
    const isMeant = warp && warp.layer === axes.layer && warp.units.join() === axes.units.join();
    if (!isOnScreen() || !isMeant) return;
    if (warp !== newest) glide.to(decodeWarp(warp));
    else if (isRepaint) glide.redraw();
    newest = warp;
  };
  return {
    show,
    destroy() {
      observer.disconnect();
      isOnScreen.destroy();
      glide.destroy();
      element.replaceChildren();
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
function createPainter(canvas) {
  const labelsOfGrid = createGridLabels();
  return (/** @type {WarpPicture} */ picture, /** @type {WarpState} */ state, /** @type {number} */ size) => {
    const { document, colours, regions } = state;
    fitCanvas(canvas, size, size);
    const inks = { ...colours, paper: colours.plane, strong: colours.muted };
    const labels = labelsOfGrid(picture, regions);
    drawWarp(contextOf(canvas), picture, { colours: inks, labels, points: document.points, size });
  };
}

/** The predicted class at each position of the grid, whose cells are coarser than the regions'; worked out once a frame. */
function createGridLabels() {
  /** @type {import("../../core/types.js").Regions|null} */
  let last = null;
  /** @type {Uint8Array|null} */
  let found = null;
  return (
    /** @type {WarpPicture} */ { rows, cols },
    /** @type {import("../../core/types.js").Regions|null} */ regions,
  ) => {
    if (regions === last) return found;
    last = regions;
    found = null;
    if (!regions?.labels) return null;
    const labels = decodeLabels(regions.labels);
    const {
      x_range: [left, right],
      y_range: [bottom, top],
    } = regions;
    found = Uint8Array.from({ length: rows * cols }, (_, i) => {
      const x = left + (((i % cols) + 0.5) / cols) * (right - left);
      const y = top - ((Math.floor(i / cols) + 0.5) / rows) * (top - bottom);
      return labels[cellAt(regions, x, y)] ?? 0;
    });
    return found;
  };
}

/** @param {import("../../core/types.js").LabDocument} document @param {number[]} counts @param {Axes} axes */
function describe(document, counts, { layer, units }) {
  const outputs = counts[counts.length - 1];
  const [first, second] = units.map((unit) => shortUnitName(document, layer, unit, outputs));
  return t("The plane's grid and points as layer {layer} sees them: {first} to the right, {second} upwards.", {
    layer,
    first,
    second,
  });
}
