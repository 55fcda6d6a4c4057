// The Paint and Erase tools on the plane: a stroke leaves points behind it, or takes away those it passes, however fast it
// is. A press on a point with Paint moves it. Fetched with the first use of one of them.

import { newGesture } from "../../core/changes.js";
import { contains } from "../../core/plane-geometry.js";
import { placesAlong, pointsAlong } from "../../core/strokes.js";
import { listen } from "../dom.js";
import { REACH_CSS, SLACK_CSS, pointerPlaces } from "./plane-pointer.js";

/** Painted points lie this far apart, in CSS pixels. */
const SPACING_CSS = 18;

/** @typedef {import("./plane-pointer.js").Place} Place */
/** Where the stroke is now and where it last left a point. @typedef {import("./plane-pointer.js").Press & {tool: string, at: Place, last: Place}} Stroke */
/** @typedef {import("../../core/types.js").Point} Point */
/** @typedef {import("./plane-pointer.js").PlaneAccess} PlaneAccess */
/** @typedef {import("./plane-view.js").PlaneActions} PlaneActions */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {PlaneAccess} access
 * @param {PlaneActions} actions
 */
export function listenForStrokes(canvas, access, actions) {
  const { position, hit, drag, addAt } = pointerPlaces(canvas, access, actions);
  const eraser = createEraser(access, actions);
  /** @type {Stroke|null} */
  let stroke = null;

  const onDown = (/** @type {PointerEvent} */ event) => {
    const state = access.state();
    stroke = null; // a second finger ends it, as two of them zoom
    if (event.button !== 0 || !event.isPrimary) return;
    if (!state?.canEdit || !["paint", "erase"].includes(state.tool)) return;
    const at = position(event);
    const id = hit(at, event.pointerType === "touch")?.id ?? null;
    stroke = { ...at, tool: state.tool, id, moved: false, gesture: newGesture(), at, last: at };
    if (event.isTrusted) canvas.setPointerCapture(event.pointerId); // not of a press that waited for this code
    if (state.tool === "erase") eraser.begin(stroke, hit(at, false));
    else if (id === null) addAt([at], stroke.gesture);
  };

  const onMove = (/** @type {PointerEvent} */ event) => {
    if (!stroke) return;
    const to = position(event);
    if (Math.hypot(to.x - stroke.x, to.y - stroke.y) > SLACK_CSS) stroke.moved = true;
    if (!stroke.moved) return;
    const way = coalesced(event).map(position);
    if (stroke.tool === "erase") eraser.rub(stroke, way);
    else if (stroke.id === null) addAt(placesLeft(stroke, way), stroke.gesture);
    else drag(stroke, to);
  };

  const onUp = () => {
    if (stroke?.tool === "paint" && stroke.id !== null && !stroke.moved) actions.onSelect(stroke.id);
    stroke = null;
  };
  const onCancel = () => (stroke = null);
  listen(canvas, { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel });
}

/** Where the pointer has been since the last event: browsers tell of it once per frame. @param {PointerEvent} event */
function coalesced(event) {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
}

/** Where the stroke leaves points on its way, on which it goes on. @param {Stroke} stroke @param {Place[]} way */
function placesLeft(stroke, way) {
  return way.flatMap((to) => {
    const places = placesAlong(stroke.last, stroke.at, to, SPACING_CSS);
    Object.assign(stroke, { at: to, last: places.at(-1) ?? stroke.last });
    return places;
  });
}

/** Deletes what a stroke passes, each point once. @param {PlaneAccess} access @param {PlaneActions} actions */
function createEraser(access, { onDelete }) {
  /** @type {Set<number>} points erased by this stroke, which may still be shown for a moment */
  const erased = new Set();

  /** @param {Point[]} points @param {number} gesture */
  const erase = (points, gesture) => {
    const ids = [...new Set(points.map(({ id }) => Number(id)))].filter((id) => !erased.has(id));
    ids.forEach((id) => erased.add(id));
    if (ids.length) onDelete(ids, gesture);
  };

  return {
    /** @param {Stroke} stroke @param {Point|null} under what the press is on */
    begin(stroke, under) {
      erased.clear();
      erase(under ? [under] : [], stroke.gesture);
    },
    /** @param {Stroke} stroke @param {Place[]} way */
    rub(stroke, way) {
      const [state, geometry] = [access.state(), access.geometry()];
      if (!state || !geometry) return;
      const { plot, x, y } = geometry;
      const seen = state.document.points.filter((point) => contains(plot, x.toPixel(point.x), y.toPixel(point.y)));
      const passed = way.flatMap((to) => {
        const points = pointsAlong(seen, geometry, stroke.at, to, REACH_CSS.other);
        stroke.at = to;
        return points;
      });
      erase(passed, stroke.gesture);
    },
  };
}
