// The plane by keyboard: arrows move a cursor, Enter adds a point, Space picks one up and drops it, Delete deletes it,
// digits choose the class.

import { newGesture } from "../../core/changes.js";
import { listen } from "../dom.js";
import { middleOf, pointUnder, strideOf, walked } from "../../core/plane-cursor.js";

/** How near the cursor must be to a point to mean it, in CSS pixels. */
const CURSOR_REACH_CSS = 12;

/** @typedef {import("./plane-pointer.js").PlaneAccess} PlaneAccess */
/** @typedef {import("./plane-view.js").PlaneActions} PlaneActions */
/** @typedef {ReturnType<typeof createCursor>} Cursor */

/**
 * Listen from now on, to a plane that has the focus.
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneAccess} access
 * @param {PlaneActions} actions
 */
export function listenToKeys(canvas, access, actions) {
  const cursor = createCursor(access, actions);
  const commands = cursorCommands(cursor, access, actions);

  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const state = access.state();
    if (event.ctrlKey || event.metaKey || event.altKey || !state?.canEdit) return;
    if (event.key === " " && !cursor.get() && state.selectedId === null) return; // a hand is on the mouse: Space runs
    const stride = strideOf(event, state.document.view);
    if (stride) commands.walk(stride);
    else if (commands.keys[event.key]) commands.keys[event.key]();
    else return;
    event.preventDefault();
  };
  const onFocus = () => {
    if (!cursor.get() && canvas.matches(":focus-visible")) cursor.begin();
  };
  listen(canvas, { keydown: onKey, focus: onFocus, blur: commands.leave, pointerdown: commands.leave });
  onFocus();
}

/** The place the keys speak of; kept here too, as keys may come faster than the page is drawn. @param {PlaneAccess} access @param {PlaneActions} actions */
function createCursor(access, { onCursor }) {
  /** @type {{x: number, y: number}|null} */
  let cursor = null;
  const set = (/** @type {{x: number, y: number}|null} */ place) => {
    cursor = place;
    onCursor(place);
  };
  return {
    get: () => cursor,
    set,
    /** Stand where it stands, else in the middle of the view. */
    begin() {
      const view = access.state()?.document.view;
      if (view) set(cursor ?? middleOf(view));
      return cursor;
    },
    /** The selected point, else the one under the cursor. */
    meant() {
      const [state, geometry] = [access.state(), access.geometry()];
      if (!state || !geometry) return null;
      const { points } = state.document;
      const selected = points.find((point) => point.id === state.selectedId);
      if (selected || !cursor) return selected ?? null;
      return pointUnder(points, geometry, cursor, CURSOR_REACH_CSS);
    },
  };
}

/** What keys do at the cursor. @param {Cursor} cursor @param {PlaneAccess} access @param {PlaneActions} actions */
function cursorCommands(cursor, access, actions) {
  /** @type {{id: number, gesture: number}|null} the point that the cursor carries */
  let carried = null;

  const add = () => {
    const place = cursor.begin();
    if (place) actions.onAdd([place]);
  };

  const pickUp = () => {
    const point = cursor.meant();
    if (!point?.id) return;
    carried = { id: point.id, gesture: newGesture() };
    actions.onSelect(point.id);
    cursor.set({ x: point.x, y: point.y });
  };

  const drop = () => {
    carried = null;
    actions.onSelect(null);
  };

  const remove = () => {
    const point = cursor.meant();
    carried = null;
    if (point?.id) actions.onDelete([point.id]);
  };

  return {
    /** @type {Record<string, () => void>} */
    keys: { Enter: add, " ": () => (carried ? drop() : pickUp()), Delete: remove, Backspace: remove, Escape: drop },
    /** @param {{x: number, y: number}} stride */
    walk(stride) {
      const view = access.state()?.document.view;
      if (!view) return;
      const to = walked(cursor.get() ?? middleOf(view), stride, view);
      cursor.set(to);
      if (carried) actions.onMove([{ id: carried.id, fields: to }], carried.gesture);
    },
    leave() {
      carried = null;
      cursor.set(null);
    },
  };
}
