// The Select tool on the plane: a frame is drawn around points, a group is dragged, keys choose and move. Fetched with the
// tool's first use. Gives wishes to its callbacks; changes nothing by itself.

import { newGesture } from "../../core/changes.js";
import { idsBetween, movedBy, toggled } from "../../core/grouping.js";
import { pointAt } from "../../core/hit-testing.js";
import { h, listen } from "../dom.js";
import { groupKeys } from "./group-keys.js";
import { REACH_CSS } from "./plane-pointer.js";

/** @typedef {import("../../core/types.js").Point} Point */
/** @typedef {import("../../core/plane-geometry.js").Geometry} Geometry */
/** @typedef {import("./plane-view.js").PlaneState} PlaneState */
/** @typedef {import("./plane-view.js").PlaneActions} PlaneActions */
/** @typedef {import("./plane-pointer.js").PlaneAccess} PlaneAccess */
/** @typedef {{x: number, y: number}} Place */
/** What is on the plane while the tool may act. @typedef {{state: PlaneState, geometry: Geometry}} Known */
/**
 * `corner`: a frame begins there; `from`: the group as it was when a drag began there. Both in the units of the plane.
 * @typedef {{corner: Place, kept: number[]}|{from: Place, points: Point[], gesture: number}} Press
 */

/**
 * @param {HTMLElement} plane
 * @param {PlaneAccess} access
 * @param {PlaneActions} actions
 */
export function listenForGroups(plane, access, actions) {
  const canvas = /** @type {HTMLCanvasElement} */ (plane.querySelector("canvas.points"));
  const frame = createFrame(plane);
  const group = createGroup(access, actions);

  /** @returns {Known|null} */
  const now = () => {
    const [state, geometry] = [access.state(), access.geometry()];
    return state && geometry && state.canEdit && state.tool === "select" ? { state, geometry } : null;
  };
  const ends = [
    listen(canvas, dragListeners(canvas, now, { frame, group })),
    listen(canvas, groupKeys(now, group, actions), { capture: true }), // before the keys of single points
  ];
  return {
    destroy() {
      for (const end of ends) end();
      frame.destroy();
    },
  };
}

/** The selected points as one. @param {PlaneAccess} access @param {PlaneActions} actions */
function createGroup(access, actions) {
  return {
    choose: actions.onGroup,
    /** @param {number[]} group @returns {Point[]} */
    points: (group) => (access.state()?.document.points ?? []).filter(({ id }) => group.includes(Number(id))),
    /** @param {Point[]} points as they were before the gesture @param {Place} way @param {number} gesture */
    move(points, way, gesture) {
      const view = access.state()?.document.view;
      if (view && points.length) actions.onMove(movedBy(points, way, view), gesture);
    },
  };
}

/**
 * A press on a point drags the group, one beside all points draws a frame.
 * @param {HTMLCanvasElement} canvas
 * @param {() => Known|null} now
 * @param {{frame: ReturnType<typeof createFrame>, group: ReturnType<typeof createGroup>}} parts
 */
function dragListeners(canvas, now, { frame, group }) {
  /** @type {Press|null} */
  let press = null;

  const pointerdown = (/** @type {PointerEvent} */ event) => {
    const known = now();
    press = null; // a second finger ends it, as two of them zoom
    frame.hide();
    if (!known || event.button !== 0 || !event.isPrimary) return;
    if (event.isTrusted) canvas.setPointerCapture(event.pointerId); // not of a press that waited for this code
    const { place, point } = under(canvas, event, known);
    if (!point) return void (press = { corner: place, kept: event.shiftKey ? known.state.group : [] });
    const chosen = groupWith(known.state.group, Number(point.id), event.shiftKey);
    group.choose(chosen);
    press = { from: place, points: group.points(chosen), gesture: newGesture() };
  };

  const pointermove = (/** @type {PointerEvent} */ event) => {
    const known = now();
    if (!known || !press) return;
    const { css, place } = placesOf(canvas, event, known.geometry);
    if ("corner" in press) frame.show(known.geometry, press.corner, css);
    else group.move(press.points, { x: place.x - press.from.x, y: place.y - press.from.y }, press.gesture);
  };

  const pointerup = (/** @type {PointerEvent} */ event) => {
    const known = now();
    const finished = press;
    press = null;
    frame.hide();
    if (!known || !finished || !("corner" in finished)) return;
    const { place } = placesOf(canvas, event, known.geometry);
    const inside = idsBetween(known.state.document.points, finished.corner, place);
    group.choose([...new Set([...finished.kept, ...inside])]);
  };

  /** The press has been taken away: it was none. */
  const pointercancel = () => {
    press = null;
    frame.hide();
  };

  return { pointerdown, pointermove, pointerup, pointercancel };
}

/** The group after a press on a point: with Shift the point joins or leaves, else a point of the group keeps it. @param {number[]} group @param {number} id @param {boolean} isShift */
function groupWith(group, id, isShift) {
  if (isShift) return toggled(group, id);
  return group.includes(id) ? group : [id];
}

/** Where a pointer is, in CSS pixels and in the units of the plane. @param {HTMLCanvasElement} canvas @param {PointerEvent} event @param {Geometry} geometry */
function placesOf(canvas, { clientX, clientY }, geometry) {
  const box = canvas.getBoundingClientRect();
  const css = { x: clientX - box.left, y: clientY - box.top };
  return { css, place: { x: geometry.x.toValue(css.x), y: geometry.y.toValue(css.y) } };
}

/** The place under a pointer, and the point that it means. @param {HTMLCanvasElement} canvas @param {PointerEvent} event @param {Known} known */
function under(canvas, event, { state, geometry }) {
  const { css, place } = placesOf(canvas, event, geometry);
  const reach = event.pointerType === "touch" ? REACH_CSS.touch : REACH_CSS.other;
  return { place, point: pointAt(state.document.points, geometry, css.x, css.y, reach) };
}

/** The frame that is drawn around points. @param {HTMLElement} plane */
function createFrame(plane) {
  const element = h("div", { class: "group-frame", hidden: true });
  plane.append(element);
  return {
    /** @param {Geometry} geometry @param {Place} corner in the units of the plane @param {Place} css the opposite one, in CSS pixels */
    show(geometry, corner, css) {
      const [x, y] = [geometry.x.toPixel(corner.x), geometry.y.toPixel(corner.y)];
      element.hidden = false;
      element.style.left = `${Math.min(x, css.x)}px`;
      element.style.top = `${Math.min(y, css.y)}px`;
      element.style.width = `${Math.abs(x - css.x)}px`;
      element.style.height = `${Math.abs(y - css.y)}px`;
    },
    hide: () => (element.hidden = true),
    destroy: () => element.remove(),
  };
}
