// Which place of the plane the person means: the keyboard's cursor, else what the pointer is over, else the selected point,
// else where the pointer was last. Near a point it is the point itself.

import { pointAt } from "../../core/hit-testing.js";
import { latestPerFrame } from "../../core/pacing.js";
import { contains, planeGeometry } from "../../core/plane-geometry.js";
import { listen } from "../dom.js";

/** @typedef {import("../results/point-probe.js").Place} Place */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, cursor: {x: number, y: number}|null,
 *   selectedId: number|null}} PlaneState
 */

/** How near to a point the pointer must be to mean it, in CSS pixels. */
const PROBE_REACH_CSS = 10;

/** @param {HTMLElement} plane @param {() => void} onMove */
export function watchPlace(plane, onMove) {
  /** @type {{x: number, y: number}|null} in CSS pixels */
  let pointer = null;
  /** @type {{x: number, y: number}|null} */
  let last = null;
  const tell = latestPerFrame(onMove);

  const destroy = listen(plane, {
    pointermove({ clientX, clientY }) {
      const box = plane.getBoundingClientRect();
      pointer = { x: clientX - box.left, y: clientY - box.top };
      tell(undefined);
    },
    pointerleave() {
      pointer = null;
      tell(undefined);
    },
  });

  /** @param {PlaneState} state @returns {Place|null} */
  const underPointer = ({ document }) => {
    if (!pointer) return null;
    const geometry = planeGeometry(plane.clientWidth, plane.clientHeight, document.view);
    if (!contains(geometry.plot, pointer.x, pointer.y)) return null;
    const point = pointAt(document.points, geometry, pointer.x, pointer.y, PROBE_REACH_CSS);
    return placeOf(point ?? { x: geometry.x.toValue(pointer.x), y: geometry.y.toValue(pointer.y) }, point);
  };

  /** @param {PlaneState} state @returns {Place} */
  const placeNow = (state) => {
    const {
      document: { points },
      cursor,
      selectedId,
    } = state;
    const selected = points.find(({ id }) => id === selectedId);
    const known = (/** @type {{x: number, y: number}} */ at) =>
      placeOf(at, points.find(({ x, y }) => x === at.x && y === at.y) ?? null);
    const chosen = cursor ? known(cursor) : (underPointer(state) ?? (selected && placeOf(selected, selected)));
    if (chosen) last = { x: chosen.x, y: chosen.y };
    return chosen ?? known(last ?? points[0] ?? { x: 0, y: 0 });
  };
  return Object.assign(placeNow, { destroy });
}

/** @param {{x: number, y: number}} at @param {import("../../core/types.js").Point|null} point @returns {Place} */
function placeOf({ x, y }, point) {
  return { x, y, point };
}
