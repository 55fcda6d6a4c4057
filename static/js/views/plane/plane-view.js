// The plane: decision regions under axes and points, painted by plane-painter.js. Gives the wishes of hand and keyboard to its
// callbacks; changes nothing by itself.

import { formatCoordinate } from "../../core/format.js";
import { t, tn } from "../../core/messages.js";
import { className } from "./class-mark.js";
import { h } from "../dom.js";
import { listenToPlane } from "./plane-listening.js";
import { createPlanePainter } from "./plane-painter.js";
import { watchSize } from "../size.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/plane-geometry.js").Geometry} Geometry */
/**
 * Changes of one gesture are one edit.
 * @typedef {{onAdd: (places: {x: number, y: number}[], gesture?: number) => void,
 *   onMove: (edits: import("../../core/grouping.js").Edit[], gesture: number) => void,
 *   onDelete: (ids: number[], gesture?: number) => void,
 *   onSelect: (id: number|null) => void, onChoose: (label: number) => void, onGroup: (ids: number[]) => void,
 *   onDeleteGroup: () => void, onCursor: (cursor: {x: number, y: number}|null) => void,
 *   onView: (view: import("../../core/types.js").View) => void}} PlaneActions
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
  const sketch = element.querySelector(".sketch"); // the server's, until there is a frame
  element.append(below, above);
  const size = watchSize(element, () => painter.redraw());
  const painter = createPlanePainter({ below, above }, size);
  const listening = listenToPlane({ element, canvas: above }, painter, actions);

  return {
    /** @param {PlaneState} newState */
    show(newState) {
      const state = painter.state();
      if (state && isSame(state, newState)) return;
      if (state?.document !== newState.document) above.setAttribute("aria-label", describePlane(newState.document));
      listening.prepare(newState.tool);
      painter.show(newState);
      if (newState.regions) sketch?.remove();
    },
    destroy() {
      size.destroy();
      listening.destroy();
      below.remove();
      above.remove(); // and with it those who listen
    },
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
function describePlane({ points, classes, class_names, view, task }) {
  const counts =
    task !== "classification"
      ? [tn("1 point", "{count} points", points.length)]
      : Array.from({ length: classes }, (_, label) => {
          const count = points.filter((point) => point.label === label).length;
          return `${className(label, class_names)}: ${count}`;
        });
  const range = (/** @type {import("../../core/types.js").Range} */ [low, high]) =>
    t("{low} to {high}", { low: formatCoordinate(low), high: formatCoordinate(high) });
  return t("Plane, x from {x_range}, y from {y_range}. {counts}.", {
    x_range: range(view.x_range),
    y_range: range(view.y_range),
    counts: counts.join(", "),
  });
}
