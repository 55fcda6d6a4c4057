// The plane by keyboard: arrows move a cursor, Enter adds a point, Space picks one up and drops it, Delete deletes it,
// digits choose the class.

import { newGesture } from "../../core/changes.js";
import { pointAt } from "../../core/hit-testing.js";
import { clamp, roundCoordinate } from "../../core/plane-geometry.js";

/** A key moves the cursor by this share of the view; with Shift by five times as much. */
const STRIDE = 1 / 60;
const LONG_STRIDES = 5;

/** How near the cursor must be to a point to mean it, in CSS pixels. */
const CURSOR_REACH_CSS = 12;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Listen from now on, to a plane that has the focus.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenToKeys(canvas, access, actions) {
  /** @type {{id: number, gesture: number}|null} the point that is carried by the cursor */
  let carried = null;
  /** @type {{x: number, y: number}|null} kept here too, as keys may come faster than the page is drawn */
  let cursor = null;

  /** @param {{x: number, y: number}|null} place */
  const setCursor = (place) => {
    cursor = place;
    actions.onCursor(place);
  };

  /** @param {[number, number]} direction @param {number} strides */
  const walk = ([dx, dy], strides) => {
    const state = access.state();
    if (!state) return;
    const { x_range, y_range } = state.document.view;
    const from = cursor ?? startOf(state);
    const step = (
      /** @type {number} */ value,
      /** @type {number} */ way,
      /** @type {import("../../core/types.js").Range} */ range,
    ) => roundCoordinate(clamp(value + way * strides * STRIDE * (range[1] - range[0]), range), range);
    const to = { x: step(from.x, dx, x_range), y: step(from.y, dy, y_range) };
    setCursor(to);
    if (carried) actions.onMove([{ id: carried.id, fields: to }], carried.gesture);
  };

  /** The selected point, else the one under the cursor. */
  const meant = () => {
    const [state, geometry] = [access.state(), access.geometry()];
    if (!state || !geometry) return null;
    const selected = state.document.points.find((point) => point.id === state.selectedId);
    if (selected || !cursor) return selected ?? null;
    return pointAt(
      state.document.points,
      geometry,
      geometry.x.toPixel(cursor.x),
      geometry.y.toPixel(cursor.y),
      CURSOR_REACH_CSS,
    );
  };

  const add = () => {
    const state = access.state();
    const place = cursor ?? (state && startOf(state));
    if (!place) return;
    setCursor(place);
    actions.onAdd([place]);
  };

  const pickUpOrDrop = () => {
    if (carried) return drop();
    const point = meant();
    if (!point?.id) return;
    carried = { id: point.id, gesture: newGesture() };
    actions.onSelect(point.id);
    setCursor({ x: point.x, y: point.y });
  };

  const drop = () => {
    carried = null;
    actions.onSelect(null);
  };

  const remove = () => {
    const point = meant();
    carried = null;
    if (point?.id) actions.onDelete([point.id]);
  };

  /** @type {Record<string, () => void>} */
  const commands = { Enter: add, " ": pickUpOrDrop, Delete: remove, Backspace: remove, Escape: drop };

  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !access.state()?.canEdit) return;
    if (event.key === " " && !cursor && access.state()?.selectedId === null) return; // a hand is on the mouse: Space runs
    const arrow = ARROWS[event.key];
    if (arrow) walk(arrow, event.shiftKey ? LONG_STRIDES : 1);
    else if (commands[event.key]) commands[event.key]();
    else return;
    event.preventDefault();
  };
  const onFocus = () => {
    const state = access.state();
    if (state && !cursor && canvas.matches(":focus-visible")) setCursor(startOf(state));
  };
  canvas.addEventListener("keydown", onKey);
  canvas.addEventListener("focus", onFocus);
  const leave = () => {
    carried = null;
    setCursor(null);
  };
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("pointerdown", leave);
  onFocus();
}

/** The cursor begins in the middle of the view. @param {import("./plane-view.js").PlaneState} state */
function startOf({ document: { view } }) {
  const middle = (/** @type {import("../../core/types.js").Range} */ range) =>
    roundCoordinate((range[0] + range[1]) / 2, range);
  return { x: middle(view.x_range), y: middle(view.y_range) };
}
