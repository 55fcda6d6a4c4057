// Mouse, pen and finger on the plane: a tap adds a point or selects one, a drag moves one; with the tools a drag paints or
// erases. On touch screens a drag that begins beside every point scrolls the page, unless a tool is chosen.

import { pointAt } from "../core/hit-testing.js";
import { clamp, contains, roundCoordinate } from "../core/plane-geometry.js";

/** How near a point must be, in CSS pixels: half of a 44 px target for a finger. */
const REACH_CSS = { touch: 22, other: 10 };

/** A press that moves less than this is a tap. */
const SLACK_CSS = 4;

/** Painted points lie this far apart. */
const STROKE_CSS = 18;

/** @typedef {{id: number|null, x: number, y: number, moved: boolean}} Press the point it began on and where */

/**
 * @typedef {{state: () => import("./plane-view.js").PlaneState|null,
 *   geometry: () => import("../core/plane-geometry.js").Geometry|null}} PlaneAccess
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenToPointer(canvas, access, actions) {
  /** @type {Press|null} */
  let press = null;
  /** @type {Set<number>} points erased by this stroke, which may still be shown for a moment */
  const erased = new Set();

  /** @param {{clientX: number, clientY: number}} event */
  const position = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  /** @param {{x: number, y: number}} at @param {boolean} touch */
  const hit = (at, touch) => {
    const [state, geometry] = [access.state(), access.geometry()];
    if (!state || !geometry || !state.canEdit) return null;
    return pointAt(state.document.points, geometry, at.x, at.y, touch ? REACH_CSS.touch : REACH_CSS.other);
  };

  /** @param {{x: number, y: number}} at */
  const toPlane = (at) => {
    const [state, geometry] = [access.state(), access.geometry()];
    if (!state || !geometry) return null;
    const { x_range, y_range } = state.document.view;
    const value = (
      /** @type {import("../core/scales.js").Scale} */ scale,
      /** @type {number} */ pixel,
      /** @type {import("../core/types.js").Range} */ range,
    ) => roundCoordinate(clamp(scale.toValue(pixel), range), range);
    return { x: value(geometry.x, at.x, x_range), y: value(geometry.y, at.y, y_range) };
  };

  const onDown = (/** @type {PointerEvent} */ event) => {
    const state = access.state();
    if (event.button !== 0 || !state?.canEdit || state.tool === "select") return;
    const at = position(event);
    const point = hit(at, event.pointerType === "touch");
    press = { id: point?.id ?? null, ...at, moved: false };
    erased.clear();
    if (point || state.tool !== "point") canvas.setPointerCapture(event.pointerId);
    if (state.tool === "erase") erase(at);
  };

  const onMove = (/** @type {PointerEvent} */ event) => {
    const at = position(event);
    if (!press) return showReach(at, event.pointerType === "touch");
    const distance = Math.hypot(at.x - press.x, at.y - press.y);
    if (distance > SLACK_CSS) press.moved = true;
    const tool = access.state()?.tool;
    if (tool === "erase") erase(at);
    else if (press.id !== null) drag(press, at);
    else if (tool === "paint" && distance > STROKE_CSS) paint(press, at);
  };

  const onUp = (/** @type {PointerEvent} */ event) => {
    const finished = press;
    press = null;
    if (!finished || finished.moved || access.state()?.tool === "erase") return;
    if (finished.id !== null) return actions.onSelect(finished.id);
    tapEmpty(position(event));
  };

  /** @param {Press} pressed @param {{x: number, y: number}} at */
  const drag = (pressed, at) => {
    const place = pressed.moved ? toPlane(at) : null;
    if (place && pressed.id !== null) actions.onMove(pressed.id, place.x, place.y);
  };

  /** Another point of the stroke; the next one is measured from here. @param {Press} pressed @param {{x: number, y: number}} at */
  const paint = (pressed, at) => {
    Object.assign(pressed, at);
    tapEmpty(at);
  };

  /** @param {{x: number, y: number}} at */
  const erase = (at) => {
    const point = hit(at, false);
    if (!point?.id || erased.has(point.id)) return;
    erased.add(point.id);
    actions.onDelete(point.id);
  };

  /** @param {{x: number, y: number}} at */
  const tapEmpty = (at) => {
    const geometry = access.geometry();
    const place = geometry && contains(geometry.plot, at.x, at.y) ? toPlane(at) : null;
    if (!place) return;
    actions.onSelect(null);
    actions.onAdd(place.x, place.y);
  };

  /** @param {{x: number, y: number}} at @param {boolean} touch */
  const showReach = (at, touch) => {
    canvas.style.cursor = !access.state()?.canEdit ? "default" : hit(at, touch) ? "grab" : "crosshair";
  };

  // Only here can a drag of a point be kept from scrolling the page; elsewhere on the plane scrolling stays.
  const onTouchStart = (/** @type {TouchEvent} */ event) => {
    const brush = access.state()?.canEdit && access.state()?.tool !== "point";
    if (event.touches.length === 1 && (brush || hit(position(event.touches[0]), true))) event.preventDefault();
  };

  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", () => (press = null));
  canvas.addEventListener("touchstart", onTouchStart, { passive: false });
}
