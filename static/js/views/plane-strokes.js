// The Paint and Erase tools on the plane: a stroke leaves points behind it, or takes away those it passes. A press on a point
// with Paint moves it. Fetched with the first use of one of them.

import { pointerPlaces } from "./plane-pointer.js";

/** Painted points lie this far apart, in CSS pixels. */
const STROKE_CSS = 18;

/** A press on a point that moves less than this selects it. */
const SLACK_CSS = 4;

/** @typedef {import("./plane-pointer.js").Place} Place */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenForStrokes(canvas, access, actions) {
  const { position, hit, toPlane, addAt } = pointerPlaces(canvas, access, actions);
  /** @type {import("./plane-pointer.js").Press & {tool: string}|null} where the stroke last left a point, or began on one */
  let stroke = null;
  /** @type {Set<number>} points erased by this stroke, which may still be shown for a moment */
  const erased = new Set();

  const onDown = (/** @type {PointerEvent} */ event) => {
    const state = access.state();
    if (event.button !== 0 || !state?.canEdit || !["paint", "erase"].includes(state.tool)) return;
    const at = position(event);
    stroke = { ...at, tool: state.tool, id: hit(at, event.pointerType === "touch")?.id ?? null, moved: false };
    erased.clear();
    canvas.setPointerCapture(event.pointerId);
    if (state.tool === "erase") erase(at);
    else if (stroke.id === null) addAt(at);
  };

  const onMove = (/** @type {PointerEvent} */ event) => {
    if (!stroke) return;
    const at = position(event);
    const distance = Math.hypot(at.x - stroke.x, at.y - stroke.y);
    if (distance > SLACK_CSS) stroke.moved = true;
    if (stroke.tool === "erase") erase(at);
    else if (stroke.id !== null) drag(stroke.id, at);
    else if (distance > STROKE_CSS) {
      Object.assign(stroke, at);
      addAt(at);
    }
  };

  /** @param {number} id @param {Place} at */
  const drag = (id, at) => {
    const place = stroke?.moved ? toPlane(at) : null;
    if (place) actions.onMove(id, place.x, place.y);
  };

  /** @param {Place} at */
  const erase = (at) => {
    const point = hit(at, false);
    if (!point?.id || erased.has(point.id)) return;
    erased.add(point.id);
    actions.onDelete(point.id);
  };

  const end = () => {
    if (stroke?.tool === "paint" && stroke.id !== null && !stroke.moved) actions.onSelect(stroke.id);
    stroke = null;
  };
  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
}
