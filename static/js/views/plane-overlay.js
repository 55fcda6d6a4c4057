// What lies over the decision regions and under the points: flat regions or a contour, and the map of a unit that the person
// looks at. A canvas of its own, so that the plane itself needs to know none of it.

import { flatTable } from "../core/plane-modes.js";
import { planeGeometry } from "../core/plane-geometry.js";
import { contextOf, fitCanvas } from "../draw/canvas.js";
import { drawContours } from "../draw/contour.js";
import { createRegionsLayer } from "../draw/regions-layer.js";
import { createUnitMapLayer } from "../draw/unit-map.js";
import { h, setText } from "./dom.js";

/** @typedef {{map: import("../core/types.js").UnitMap, scale: Uint32Array, title: string}} Preview */
/**
 * @typedef {{document: import("../core/types.js").LabDocument, regions: import("../core/types.js").Regions|null,
 *   colours: import("./theme.js").Colours, mode: import("../core/plane-modes.js").PlaneMode, preview: Preview|null}} OverlayState
 */

/** @param {HTMLElement} plane whose first canvas holds the regions */
export function createPlaneOverlay(plane) {
  const canvas = h("canvas", { class: "overlay", "aria-hidden": true });
  const caption = h("p", { class: "plane-caption", hidden: true });
  plane.querySelector("canvas")?.after(canvas);
  plane.append(caption);
  const flat = createRegionsLayer(canvas, flatTable);
  const drawMap = createUnitMapLayer();
  /** @type {OverlayState|null} */
  let state = null;

  const draw = () => {
    if (!state) return;
    const { document, regions, colours, mode, preview } = state;
    const isClassified = Boolean(regions?.labels);
    canvas.hidden = !preview && (mode === "probability" || !isClassified);
    caption.hidden = !preview;
    setText(caption, preview?.title ?? "");
    if (canvas.hidden) return;
    const { plot: { width } } = planeGeometry(plane.clientWidth, plane.clientHeight, document.view);
    canvas.style.width = canvas.style.height = `${width}px`;
    fitCanvas(canvas, width, width);
    const context = contextOf(canvas);
    context.clearRect(0, 0, width, width);
    if (preview) drawMap(context, preview.map, preview.scale, width);
    else if (regions && mode === "regions") flat.show(regions, colours.regions, document.classes, { widthCss: width, heightCss: width });
    else if (regions) drawContours(context, regions, { classes: document.classes, colours }, width);
  };
  new ResizeObserver(draw).observe(plane);

  return {
    /** @param {OverlayState} newState */
    show(newState) {
      if (state && isSame(state, newState)) return;
      state = newState;
      draw();
    },
  };
}

/** @param {OverlayState} a @param {OverlayState} b */
function isSame(a, b) {
  return a.regions === b.regions && a.colours === b.colours && a.mode === b.mode && a.preview === b.preview && a.document.classes === b.document.classes && a.document.view === b.document.view;
}
