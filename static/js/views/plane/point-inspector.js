// The selected point: where it is, its class, whether it is held out, and a button that deletes it; or how many points are
// selected together. Fetched with the first selection.

import { formatCoordinate } from "../../core/format.js";
import { t, tn } from "../../core/messages.js";
import { planeGeometry } from "../../core/plane-geometry.js";
import { classMark, className } from "./class-mark.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/types.js").Point} Point */

/** Room between a point and its card, and between the card and the plane's edge, in CSS pixels. */
const GAP_CSS = 14;
const EDGE_CSS = 8;

/**
 * @param {HTMLElement} element
 * @param {{onEdit: (edits: import("../../core/grouping.js").Edit[]) => void, onDelete: () => void}} options onDelete: of all that is selected
 */
export function createPointInspector(element, { onEdit, onDelete }) {
  /** @type {Point|null} */
  let shown = null;
  const edit = (/** @type {Partial<Point>} */ fields) => onEdit([{ id: Number(shown?.id), fields }]);
  const place = h("span", { class: "place" });
  const mark = h("span", { class: "selected-mark" });
  const heldOut = h("input", { type: "checkbox", on: { change: () => edit({ held_out: heldOut.checked }) } });
  const recolour = h(
    "button",
    { type: "button", class: "button small", on: { click: () => edit({ label: nextLabel }) } },
    t("Change class"),
  );
  const createDelete = () =>
    h("button", { type: "button", class: "button small", on: { click: onDelete } }, t("Delete"));
  const tools = h(
    "div",
    { class: "selected", role: "group", "aria-label": t("Selected point") },
    mark,
    place,
    h("label", { class: "check" }, heldOut, t("Test point")),
    recolour,
    createDelete(),
  );
  const count = h("span", {});
  const groupTools = h(
    "div",
    { class: "selected", role: "group", "aria-label": t("Selected points") },
    count,
    createDelete(),
  );
  element.append(tools, groupTools);
  let nextLabel = 0;

  return {
    /** @param {number} selected how many points are selected together */
    showGroup(selected) {
      groupTools.hidden = selected === 0;
      element.classList.toggle("has-group", selected > 0);
      if (selected) element.style.left = element.style.top = ""; // the corner that CSS gives it
      if (selected) setText(count, tn("1 point selected", "{count} points selected", selected));
    },
    /** @param {Point|null} point @param {import("../../core/types.js").LabDocument} document */
    show(point, { classes, class_names, task, view }) {
      tools.hidden = point === null;
      if (!point) return void (shown = null);
      if (shown?.label !== point.label || shown.id !== point.id) mark.replaceChildren(classMark(point.label));
      shown = point;
      mark.title = task === "classification" ? className(point.label, class_names) : "";
      recolour.hidden = task !== "classification";
      nextLabel = (point.label + 1) % classes;
      recolour.title = t("Make it a {mark}", { mark: className(nextLabel, class_names) });
      heldOut.checked = point.held_out;
      setText(place, `(${formatCoordinate(point.x)}, ${formatCoordinate(point.y)})`);
      placeAt(element, point, view);
    },
    destroy() {
      for (const part of [tools, groupTools]) part.remove();
    },
  };
}

/**
 * Put the card beside a point, inside the plane.
 * @param {HTMLElement} element
 * @param {Point} point
 * @param {import("../../core/types.js").View} view
 */
function placeAt(element, { x, y }, view) {
  const { clientWidth: width, clientHeight: height } = /** @type {HTMLElement} */ (element.parentElement);
  const geometry = planeGeometry(width, height, view);
  const [left, top] = [geometry.x.toPixel(x), geometry.y.toPixel(y)];
  const below = top + GAP_CSS;
  const isBelow = below + element.offsetHeight < height;
  element.style.left = `${Math.max(EDGE_CSS, Math.min(left + GAP_CSS, width - element.offsetWidth - EDGE_CSS))}px`;
  element.style.top = `${isBelow ? below : Math.max(EDGE_CSS, top - GAP_CSS - element.offsetHeight)}px`;
}
