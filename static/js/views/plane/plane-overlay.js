// What lies over the decision regions and under the points: flat regions or a contour, and the map of a unit that the person
// looks at. A canvas of its own, so that the plane itself needs to know none of it.

import { flatTable } from "../../core/flat-table.js";
import { formatLoss } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { shadingTable } from "../../core/palette.js";
import { levelsOfLeads } from "../../core/leads.js";
import { planeGeometry } from "../../core/plane-geometry.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawContours } from "../../draw/contour.js";
import { createRegionsLayer } from "../../draw/regions-layer.js";
import { createUnitMapLayer } from "../../draw/unit-map.js";
import { h, setText } from "../dom.js";
import { watchSize } from "../size.js";
import { place } from "./plane-painter.js";

/** @typedef {{map: import("../../core/types.js").UnitMap, scale: Uint32Array, title: string, isKept: boolean}} Preview isKept: until it is ended */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, regions: import("../../core/types.js").Regions|null,
 *   scores: import("../../core/types.js").Scores|null, colours: import("../header/theme.js").Colours, mode: import("./plane-modes.js").PlaneMode, preview: Preview|null}} OverlayState
 */

/**
 * @param {HTMLElement} plane whose first canvas holds the regions
 * @param {{onEnd: () => void}} options onEnd: the map that stays on the plane shall go
 */
export function createPlaneOverlay(plane, { onEnd }) {
  const canvas = h("canvas", { class: "overlay", "aria-hidden": true });
  plane.querySelector("canvas")?.after(canvas);
  const caption = createCaption(plane, onEnd);
  const paint = createPainter(canvas);
  /** @type {OverlayState|null} */
  let state = null;

  const draw = () => {
    if (!state) return;
    const { document, regions, scores, mode, preview } = state;
    const hasCells = mode === "scores" ? scores !== null : Boolean(regions?.labels);
    canvas.hidden = !preview && (mode === "probability" || !hasCells);
    const lead = mode === "scores" && hasCells && scores ? captionOf(scores) : "";
    caption.show(preview?.title ?? lead, preview?.isKept ?? false);
    if (canvas.hidden) return;
    const { widthCss, heightCss } = size();
    const geometry = planeGeometry(widthCss, heightCss, document.view);
    const side = geometry.plot.width;
    canvas.style.width = canvas.style.height = `${side}px`;
    if (regions && !preview) place(canvas, regions, geometry);
    else canvas.style.transform = "";
    paint(state, side);
  };
  const size = watchSize(plane, draw);

  return {
    /** @param {OverlayState} newState */
    show(newState) {
      if (state && isSame(state, newState)) return;
      state = newState;
      draw();
    },
    destroy() {
      size.destroy();
      canvas.remove();
      caption.destroy();
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
function createPainter(canvas) {
  const flat = createRegionsLayer(canvas, { tableOf: flatTable });
  const leads = createRegionsLayer(canvas, {
    tableOf: (classes, paper) => shadingTable(classes, paper, 2),
    levelsOf: levelsOfLeads,
  });
  const drawMap = createUnitMapLayer();
  return (
    /** @type {OverlayState} */ { document, regions, scores, colours, mode, preview },
    /** @type {number} */ side,
  ) => {
    const size = { widthCss: side, heightCss: side };
    const { classes } = document;
    fitCanvas(canvas, side, side);
    const context = contextOf(canvas);
    context.clearRect(0, 0, side, side);
    if (preview) drawMap(context, preview.map, preview.scale, side);
    else if (regions && mode === "regions") flat.show(regions, colours.regions, classes, size);
    else if (regions && scores && mode === "scores")
      leads.show({ ...regions, ...scores, probability: scores.values }, colours.regions, classes, size);
    else if (regions) drawContours(context, regions, { classes, colours }, side);
  };
}

/** The chip that says what is shown, with a cross while that stays until it is ended. @param {HTMLElement} plane @param {() => void} onEnd */
function createCaption(plane, onEnd) {
  const words = h("span", {});
  const name = t("Take it off the plane");
  const end = h("button", { type: "button", class: "chip-end", "aria-label": name, title: name, on: { click: onEnd } });
  const element = h("p", { class: "plane-caption", hidden: true }, words, end);
  plane.append(element);
  return {
    /** @param {string} title @param {boolean} isKept */
    show(title, isKept) {
      element.hidden = !title;
      setText(words, title);
      end.hidden = !isKept;
    },
    destroy: () => element.remove(),
  };
}

/** @param {import("../../core/types.js").Scores} scores */
function captionOf({ value_range: [, most] }) {
  return t("Lead of the winning score: 0 to {most}", { most: formatLoss(most) });
}

/** @param {OverlayState} a @param {OverlayState} b */
function isSame(a, b) {
  return (
    a.regions === b.regions &&
    a.scores === b.scores &&
    a.colours === b.colours &&
    a.mode === b.mode &&
    a.preview === b.preview &&
    a.document.classes === b.document.classes &&
    a.document.view === b.document.view
  );
}
