// Mouse, pen and finger on the plane: a tap adds a point or selects one, a drag moves one, or beside every point the plane. On
// touch screens a drag that begins beside every point scrolls the page, unless a tool is chosen.

import { newGesture } from "../../core/changes.js";
import { pointAt } from "../../core/hit-testing.js";
import { clamp, contains, roundCoordinate } from "../../core/plane-geometry.js";
import { createPan } from "./plane-navigation.js";

/** How near a point must be, in CSS pixels: half of a 44 px target for a finger. */
export const REACH_CSS = { touch: 22, other: 10 };

/** A press that moves less than this is a tap. */
export const SLACK_CSS = 4;

/** A second tap so soon, at the same place, is the other half of a double click. */
const DOUBLE_MS = 500;

/** @typedef {{x: number, y: number}} Place */
/** @typedef {Place & {id: number|null, moved: boolean, gesture: number}} Press the point it began on and where */

/**
 * @typedef {{state: () => import("./plane-view.js").PlaneState|null,
 *   geometry: () => import("../../core/plane-geometry.js").Geometry|null}} PlaneAccess
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenToPointer(canvas, access, actions) {
  /** @type {Press|null} */
  let press = null;
  /** @type {{at: Place, time_ms: number}|null} */
  let added = null;
  const pan = createPan(access, actions.onView);
  const { position, hit, drag, addAt } = pointerPlaces(canvas, access, actions);
  const tool = () => access.state()?.tool;

  const onDown = (/** @type {PointerEvent} */ event) => {
    press = null;
    if (event.button !== 0 || !event.isPrimary || !access.state()?.canEdit || tool() !== "point") return;
    const at = position(event);
    const point = hit(at, event.pointerType === "touch");
    press = { id: point?.id ?? null, ...at, moved: false, gesture: newGesture() };
    if (!point && event.pointerType !== "touch") pan.begin(at);
    if (point || event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
  };

  const onMove = (/** @type {PointerEvent} */ event) => {
    const at = position(event);
    if (!press) return showReach(at, event.pointerType === "touch");
    if (!isNear(press, at)) press.moved = true;
    if (!press.moved) return;
    if (press.id !== null) drag(press, at);
    else if (event.pointerType !== "touch") pan.follow(at);
  };

  const onUp = (/** @type {PointerEvent} */ event) => {
    const finished = press;
    press = null;
    if (!finished || finished.moved) return;
    const at = position(event);
    const isSecond = added && event.timeStamp - added.time_ms < DOUBLE_MS && isNear(added.at, at);
    if (isSecond) return;
    if (finished.id !== null) return actions.onSelect(finished.id);
    added = { at, time_ms: event.timeStamp };
    addAt([at]);
  };

  /** @param {Place} at @param {boolean} touch */
  const showReach = (at, touch) => {
    canvas.style.cursor = !access.state()?.canEdit ? "default" : hit(at, touch) ? "grab" : "crosshair";
  };

  // Only here can a drag of a point be kept from scrolling the page; elsewhere on the plane scrolling stays.
  const onTouchStart = (/** @type {TouchEvent} */ event) => {
    const brush = access.state()?.canEdit && tool() !== "point";
    if (event.touches.length === 1 && (brush || hit(position(event.touches[0]), true))) event.preventDefault();
  };

  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", () => (press = null));
  canvas.addEventListener("touchstart", onTouchStart, { passive: false });
}

/** @param {Place} one @param {Place} other */
const isNear = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) <= SLACK_CSS;

/**
 * Where a pointer is and what is there.
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function pointerPlaces(canvas, access, actions) {
  /** @param {{clientX: number, clientY: number}} event @returns {Place} in CSS pixels */
  const position = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  /** @param {Place} at */
  const toPlane = (at) => {
    const [state, geometry] = [access.state(), access.geometry()];
    if (!state || !geometry) return null;
    const { x_range, y_range } = state.document.view;
    const value = (
      /** @type {import("../../core/scales.js").Scale} */ scale,
      /** @type {number} */ pixel,
      /** @type {import("../../core/types.js").Range} */ range,
    ) => roundCoordinate(clamp(scale.toValue(pixel), range), range);
    return { x: value(geometry.x, at.x, x_range), y: value(geometry.y, at.y, y_range) };
  };

  return {
    position,
    /** Move the point that was pressed. @param {Press} press @param {Place} at */
    drag({ id, gesture }, at) {
      const fields = toPlane(at);
      if (fields && id !== null) actions.onMove([{ id, fields }], gesture);
    },
    /** The point that is meant. @param {Place} at @param {boolean} touch */
    hit(at, touch) {
      const [state, geometry] = [access.state(), access.geometry()];
      if (!state || !geometry || !state.canEdit) return null;
      return pointAt(state.document.points, geometry, at.x, at.y, touch ? REACH_CSS.touch : REACH_CSS.other);
    },
    /** New points, those that are on the plane. @param {Place[]} ats @param {number} [gesture] */
    addAt(ats, gesture) {
      const plot = access.geometry()?.plot;
      const places = ats.flatMap((at) => (plot && contains(plot, at.x, at.y) ? (toPlane(at) ?? []) : []));
      if (!places.length) return;
      actions.onSelect(null);
      actions.onAdd(places, gesture);
    },
  };
}
