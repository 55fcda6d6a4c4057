// The Select tool by keyboard: Space takes the point under the cursor into the group, Ctrl+A takes all, Enter holds the group so
// that arrow keys move it, Delete deletes it, Escape lets it go.

import { newGesture } from "../../core/changes.js";
import { toggled } from "../../core/grouping.js";
import { pointUnder, strideOf } from "../../core/plane-cursor.js";
import { REACH_CSS } from "./plane-pointer.js";

/** @typedef {import("./plane-group.js").Known} Known */
/** @typedef {import("../../core/types.js").Point} Point */

/**
 * What listens to keys, and to the focus that leaves, which ends the hold. A key that it takes goes no further.
 * @param {() => Known|null} now
 * @param {{points: (group: number[]) => Point[], move: (points: Point[], way: {x: number, y: number}, gesture: number) => void}} group
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function groupKeys(now, group, { onGroup, onDeleteGroup }) {
  /** @type {number|null} the gesture in which the keyboard holds the group */
  let held = null;
  /** @param {Known} known */
  const toggleAtCursor = ({ state: { cursor, document, group: ids }, geometry }) => {
    const point = cursor && pointUnder(document.points, geometry, cursor, REACH_CSS.touch);
    if (point) onGroup(toggled(ids, Number(point.id)));
  };
  const release = () => void (held = null);
  const letGo = () => {
    release();
    onGroup([]);
  };
  const remove = () => {
    release();
    onDeleteGroup();
  };
  /** @type {Record<string, (known: Known) => void>} */
  const commands = {
    " ": toggleAtCursor,
    Enter: ({ state }) => (held = held === null && state.group.length > 0 ? newGesture() : null),
    Delete: remove,
    Backspace: remove,
    Escape: letGo,
  };

  /** @param {KeyboardEvent} event @param {Known} known */
  const take = (event, known) => {
    const { document, group: ids } = known.state;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "a") return false;
      onGroup(document.points.map(({ id }) => Number(id)));
      return true;
    }
    const stride = held === null ? null : strideOf(event, document.view);
    if (stride) group.move(group.points(ids), stride, Number(held));
    else if (commands[event.key]) commands[event.key](known);
    else return false;
    return true;
  };

  const keydown = (/** @type {KeyboardEvent} */ event) => {
    const known = now();
    if (!known?.state.group.length) release(); // deleted by hand, let go of by a click, or the tool is another now
    if (!known || event.altKey || !take(event, known)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  return { keydown, blur: release };
}
