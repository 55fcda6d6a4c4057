// The Select tool on the plane: a frame is drawn around points, a group is dragged, keys choose and move. Fetched with the
// tool's first use. Gives wishes to its callbacks; changes nothing by itself.

import { newGesture } from "../../core/changes.js";
import { idsBetween, movedBy, toggled } from "../../core/grouping.js";
import { pointAt } from "../../core/hit-testing.js";
import { h } from "../dom.js";
import { REACH_CSS } from "./plane-pointer.js";

/** @typedef {import("../../core/types.js").Point} Point */
/** @typedef {{x: number, y: number}} Place */
/**
 * `corner`: a frame begins there; `from`: the group as it was when a drag began there. Both in the units of the plane.
 * @typedef {{corner: Place, kept: number[]}|{from: Place, points: Point[], gesture: number}} Press
 */

/** An arrow key moves the group by this share of the view; with Shift by five times as much. */
const STRIDE = 1 / 60;
const LONG_STRIDES = 5;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} plane
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenForGroups(plane, access, actions) {
  const canvas = /** @type {HTMLCanvasElement} */ (plane.querySelector("canvas.points"));
  const frame = h("div", { class: "group-frame", hidden: true });
  plane.append(frame);
  /** @type {Press|null} */
  let press = null;
  /** @type {number|null} the gesture in which the keyboard holds the group */
  let held = null;

  const now = () => {
    const [state, geometry] = [access.state(), access.geometry()];
    return state && geometry && state.canEdit && state.tool === "select" ? { state, geometry } : null;
  };

  /** @param {{clientX: number, clientY: number}} event @param {NonNullable<ReturnType<typeof now>>} known */
  const placesOf = ({ clientX, clientY }, { geometry }) => {
    const box = canvas.getBoundingClientRect();
    const css = { x: clientX - box.left, y: clientY - box.top };
    return { css, place: { x: geometry.x.toValue(css.x), y: geometry.y.toValue(css.y) } };
  };

  /** @param {number[]} group */
  const pointsOf = (group) => (access.state()?.document.points ?? []).filter(({ id }) => group.includes(Number(id)));

  const onDown = (/** @type {PointerEvent} */ event) => {
    const known = now();
    if (!known || event.button !== 0) return;
    const { state, geometry } = known;
    const { css, place } = placesOf(event, known);
    const reach = event.pointerType === "touch" ? REACH_CSS.touch : REACH_CSS.other;
    const point = pointAt(state.document.points, geometry, css.x, css.y, reach);
    if (event.isTrusted) canvas.setPointerCapture(event.pointerId); // not of a press that waited for this code
    if (!point) return void (press = { corner: place, kept: event.shiftKey ? state.group : [] });
    const id = Number(point.id);
    const group = event.shiftKey ? toggled(state.group, id) : state.group.includes(id) ? state.group : [id];
    actions.onGroup(group);
    press = { from: place, points: pointsOf(group), gesture: newGesture() };
  };

  const onMove = (/** @type {PointerEvent} */ event) => {
    const known = now();
    if (!known || !press) return;
    const { css, place } = placesOf(event, known);
    if ("corner" in press) showFrame(known.geometry, press.corner, css);
    else move(press.points, { x: place.x - press.from.x, y: place.y - press.from.y }, press.gesture);
  };

  const onUp = (/** @type {PointerEvent} */ event) => {
    const known = now();
    const finished = press;
    press = null;
    frame.hidden = true;
    if (!known || !finished || !("corner" in finished)) return;
    const inside = idsBetween(known.state.document.points, finished.corner, placesOf(event, known).place);
    actions.onGroup([...new Set([...finished.kept, ...inside])]);
  };

  /** @param {import("../../core/plane-geometry.js").Geometry} geometry @param {Place} corner @param {Place} css */
  const showFrame = (geometry, corner, css) => {
    const [x, y] = [geometry.x.toPixel(corner.x), geometry.y.toPixel(corner.y)];
    frame.hidden = false;
    frame.style.left = `${Math.min(x, css.x)}px`;
    frame.style.top = `${Math.min(y, css.y)}px`;
    frame.style.width = `${Math.abs(x - css.x)}px`;
    frame.style.height = `${Math.abs(y - css.y)}px`;
  };

  /** @param {Point[]} points @param {Place} way @param {number} gesture */
  const move = (points, way, gesture) => {
    const view = access.state()?.document.view;
    if (view && points.length) actions.onMove(movedBy(points, way, view), gesture);
  };

  /** @param {import("./plane-view.js").PlaneState} state @param {[number, number]} direction @param {{isLong: boolean, gesture: number}} how */
  const walk = ({ group, document: { view } }, [dx, dy], { isLong, gesture }) => {
    const stride = STRIDE * (isLong ? LONG_STRIDES : 1);
    const size = (/** @type {import("../../core/types.js").Range} */ [low, high]) => high - low;
    move(pointsOf(group), { x: dx * stride * size(view.x_range), y: dy * stride * size(view.y_range) }, gesture);
  };

  /** The point under the keyboard's cursor joins the group or leaves it. @param {NonNullable<ReturnType<typeof now>>} known */
  const toggleAtCursor = ({ state, geometry }) => {
    const { cursor, document } = state;
    const point =
      cursor &&
      pointAt(document.points, geometry, geometry.x.toPixel(cursor.x), geometry.y.toPixel(cursor.y), REACH_CSS.touch);
    if (point) actions.onGroup(toggled(state.group, Number(point.id)));
  };

  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const known = now();
    if (!known || event.altKey) return;
    const { state } = known;
    const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a";
    if (!isAll && (event.ctrlKey || event.metaKey)) return;
    if (isAll) actions.onGroup(state.document.points.map(({ id }) => Number(id)));
    else if (event.key === " ") toggleAtCursor(known);
    else if (event.key === "Enter") held = held === null && state.group.length > 0 ? newGesture() : null;
    else if (held !== null && ARROWS[event.key])
      walk(state, ARROWS[event.key], { isLong: event.shiftKey, gesture: held });
    else if (event.key === "Delete" || event.key === "Backspace") actions.onDeleteGroup();
    else if (event.key === "Escape") {
      held = null;
      actions.onGroup([]);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // before the keys of single points
  };

  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", onUp);
  canvas.addEventListener("keydown", onKey, { capture: true });
}
