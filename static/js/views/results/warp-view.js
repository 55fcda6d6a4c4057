// The plane as two units of a layer see it: the bent grid and the points, gliding from frame to frame. The units are chosen
// here by menus, or by clicks in the diagram.

import { t } from "../../core/messages.js";
import { decodeLabels } from "../../core/regions.js";
import { cellAt, areAlike, between, copyOf, decodeWarp } from "../../core/warp.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawWarp } from "../../draw/warp.js";
import { h, setAttribute, uniqueId } from "../dom.js";
import { watchOnScreen } from "../on-screen.js";
import { shortUnitName } from "../network/unit-names.js";

/** @typedef {import("../../core/warp.js").WarpPicture} WarpPicture */
/** @typedef {{layer: number, units: [number, number]}} Axes */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, regions: import("../../core/types.js").Regions|null,
 *   warp: import("../../core/types.js").Warp|null, counts: number[], axes: Axes|null, colours: import("../header/theme.js").Colours}} WarpState
 */

/** A glide takes as long as frames are apart, within these bounds; where one drawing takes long, there is none. */
const GLIDE_MS = { least: 40, most: 250 };

/** Between two frames it moves this often: smooth to the eye at half the work of every display frame. */
const REDRAW_MS = 30;
const SLOW_DRAWING_MS = 5;

/** The picture is a square, at most this wide. */
/** Below this the picture says nothing. */
const LEAST_CSS = 96;
const MOST_CSS = 420;

/** @param {HTMLElement} element @param {{onChoose: (axes: Axes) => void, onSight: (isInSight: boolean) => void}} options */
export function createWarpView(element, { onChoose, onSight }) {
  const canvas = h("canvas", { class: "warp-canvas", role: "img" });
  const selects = createSelects(onChoose);
  const none = h("p", { class: "quiet", hidden: true }, t("No layer has two units to show: give one a second unit."));
  const place = h("div", { class: "warp-place" }, canvas);
  element.append(selects.element, place, none);
  /** @type {WarpState|null} */
  let state = null;
  /** @type {import("../../core/types.js").Warp|null} */
  let newest = null;
  let size = 0;
  const labelsOfGrid = createGridLabels();

  /** @param {WarpPicture} picture */
  const draw = (picture) => {
    if (!state || size < LEAST_CSS) return;
    const { document, colours, regions } = state;
    fitCanvas(canvas, size, size);
    const inks = { ...colours, paper: colours.plane, strong: colours.muted };
    const labels = labelsOfGrid(picture, regions);
    drawWarp(contextOf(canvas), picture, { colours: inks, labels, points: document.points, size });
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

/**
 * Moves from picture to picture in as much time as lies between them.
 * @param {(picture: WarpPicture) => void} draw
 * @param {() => boolean} isOnScreen
 */
function createGlide(draw, isOnScreen) {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {{from: WarpPicture, to: WarpPicture, shown: WarpPicture, start_ms: number, length_ms: number}|null} */
  let glide = null;
  let lastDrawing_ms = 0;
  let drawn_ms = 0;
  let frameId = 0;

  /** @param {WarpPicture} picture */
  const drawTimed = (picture) => {
    const start_ms = performance.now();
    draw(picture);
    drawn_ms = performance.now();
    lastDrawing_ms = drawn_ms - start_ms;
  };

  const advance = () => {
    frameId = 0;
    if (!glide || !isOnScreen()) return;
    const share = Math.min(1, (performance.now() - glide.start_ms) / glide.length_ms);
    if (share === 1 || performance.now() - drawn_ms >= REDRAW_MS)
      drawTimed(between(glide.from, glide.to, share, glide.shown));
    if (share < 1) frameId = requestAnimationFrame(advance);
  };

  return {
    /** @param {WarpPicture} picture */
    to(picture) {
      const now_ms = performance.now();
      const last = glide;
      const isStill = stillness.matches || lastDrawing_ms > SLOW_DRAWING_MS || !areAlike(last?.shown ?? null, picture);
      if (isStill || !last)
        glide = { from: picture, to: picture, shown: copyOf(picture), start_ms: now_ms - 1, length_ms: 1 };
      else {
        const length_ms = Math.min(GLIDE_MS.most, Math.max(GLIDE_MS.least, now_ms - last.start_ms));
        glide = { from: copyOf(last.shown), to: picture, shown: copyOf(picture), start_ms: now_ms, length_ms };
      }
      if (!frameId) advance();
    },
    redraw() {
      if (glide) drawTimed(glide.shown);
    },
    destroy: () => cancelAnimationFrame(frameId),
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

/** @param {(axes: Axes) => void} onChoose */
function createSelects(onChoose) {
  /** @type {Axes|null} */
  let shown = null;
  let builtFor = "";
  const choose = () => {
    const layer = Number(layerSelect.value);
    const isSame = layer === shown?.layer;
    onChoose({ layer, units: isSame ? [Number(first.value), Number(second.value)] : [0, 1] });
  };
  const select = (/** @type {string} */ name) => {
    const id = uniqueId("warp");
    const element = h("select", { id, class: "select", on: { change: choose } });
    return { element, field: h("div", { class: "warp-choice" }, h("label", { for: id }, name), element) };
  };
  const [layers, right, up] = [select(t("Layer")), select(t("→ to the right")), select(t("↑ upwards"))];
  const [layerSelect, first, second] = [layers.element, right.element, up.element];

  /** @param {WarpState} state @param {Axes} axes */
  const build = ({ document, counts }, axes) => {
    const outputs = counts[counts.length - 1];
    const layerName = (/** @type {number} */ layer) =>
      layer === counts.length - 1 ? t("Scores") : t("Hidden {number}", { number: layer });
    layerSelect.replaceChildren(
      ...counts.flatMap((count, layer) =>
        layer > 0 && count > 1 ? [h("option", { value: layer }, layerName(layer))] : [],
      ),
    );
    for (const unitSelect of [first, second]) {
      unitSelect.replaceChildren(
        ...Array.from({ length: counts[axes.layer] }, (_, unit) =>
          h("option", { value: unit }, shortUnitName(document, axes.layer, unit, outputs)),
        ),
      );
    }
  };

  return {
    element: h("div", { class: "warp-choices" }, layers.field, right.field, up.field),
    /** @param {WarpState} state @param {Axes} axes */
    show(state, axes) {
      shown = axes;
      const key = JSON.stringify([state.counts, axes.layer]);
      if (key !== builtFor) build(state, axes);
      builtFor = key;
      layerSelect.value = String(axes.layer);
      [first.value, second.value] = axes.units.map(String);
    },
  };
}
