// Another part of the plane by hand: the wheel and two fingers come closer or go away, about where they are; a mouse that drags the
// empty plane moves it.

import { moved, zoomedAt } from "../../core/view-changes.js";
import { listen } from "../dom.js";

/** @typedef {import("../../core/types.js").View} View */
/** @typedef {{x: number, y: number}} Place */

/** How much wider one pixel of a wheel's turn makes the view, and of a trackpad's pinch, which tells of itself by Ctrl. */
const PER_PIXEL = 0.0015;
const PER_PINCH = 0.01;

/** A wheel that counts lines. */
const LINE_CSS = 16;

/** The most that one event does, as a factor's logarithm. */
const MOST = 0.4;

/** So long what was asked for last is the view, though the page may not have drawn it yet. */
const PENDING_MS = 300;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {(view: View) => void} onView
 */
export function listenForNavigation(canvas, access, onView) {
  const ask = createAsking(access, onView);
  const place = placeOn(canvas, access);
  const pinch = createPinch({ place, ask, view: () => viewOf(access) });

  const onWheel = (/** @type {WheelEvent} */ event) => {
    const at = place(event);
    if (!at || !canChange(access) || (!event.ctrlKey && isScrollable())) return;
    event.preventDefault();
    const turn = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_CSS : 1);
    const power = Math.max(-MOST, Math.min(MOST, turn * (event.ctrlKey ? PER_PINCH : PER_PIXEL)));
    ask((view) => zoomedAt(view, at, Math.exp(power)));
  };

  const onTouch = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length !== 2 || !canChange(access)) return pinch.end();
    event.preventDefault();
    pinch.follow([...event.touches]);
  };

  canvas.addEventListener("wheel", onWheel, { passive: false });
  canvas.addEventListener("touchstart", onTouch, { passive: false });
  canvas.addEventListener("touchmove", onTouch, { passive: false });
  listen(canvas, { touchend: pinch.end, touchcancel: pinch.end });
}

/**
 * A drag of the empty plane, from where the button went down.
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {(view: View) => void} onView
 */
export function createPan(access, onView) {
  /** @type {{view: View, from: Place}|null} */
  let begun = null;
  return {
    /** @param {Place} from in CSS pixels */
    begin(from) {
      const view = viewOf(access);
      begun = view && { view, from };
    },
    /** @param {Place} at */
    follow(at) {
      const plot = access.geometry()?.plot;
      if (!begun || !plot) return;
      const { view, from } = begun;
      const unit = (/** @type {import("../../core/types.js").Range} */ [low, high]) => (high - low) / plot.width;
      onView(moved(view, (from.x - at.x) * unit(view.x_range), (at.y - from.y) * unit(view.y_range)));
    },
  };
}

/** @param {import("./plane-pointer.js").PlaneAccess} access */
const viewOf = (access) => access.state()?.document.view ?? null;

/** @param {import("./plane-pointer.js").PlaneAccess} access */
const canChange = (access) => Boolean(access.state()?.canEdit);

/** Does a wheel scroll the page? Then the plane leaves it that. */
const isScrollable = () => {
  const page = document.scrollingElement;
  return Boolean(page && page.scrollHeight > page.clientHeight + 1);
};

/** Changes of the view, each made of the one before, which may not be drawn yet. @param {import("./plane-pointer.js").PlaneAccess} access @param {(view: View) => void} onView */
function createAsking(access, onView) {
  /** @type {View|null} */
  let asked = null;
  let asked_ms = -Infinity;
  return (/** @type {(view: View) => View} */ change) => {
    const now = performance.now();
    const before = asked && now - asked_ms < PENDING_MS ? asked : viewOf(access);
    if (!before) return;
    [asked, asked_ms] = [change(before), now];
    if (asked !== before) onView(asked);
  };
}

/** The place of the plane under a pointer, beyond its edges too. @param {HTMLCanvasElement} canvas @param {import("./plane-pointer.js").PlaneAccess} access */
function placeOn(canvas, access) {
  return (/** @type {{clientX: number, clientY: number}} */ { clientX, clientY }) => {
    const geometry = access.geometry();
    const box = canvas.getBoundingClientRect();
    return geometry && { x: geometry.x.toValue(clientX - box.left), y: geometry.y.toValue(clientY - box.top) };
  };
}

/**
 * Two fingers: what lies between them stays between them.
 * @param {{place: ReturnType<typeof placeOn>, ask: ReturnType<typeof createAsking>, view: () => View|null}} plane
 */
function createPinch({ place, ask, view }) {
  /** @type {{apart: number, middle: {clientX: number, clientY: number}}|null} */
  let last = null;
  return {
    /** @param {Touch[]} touches */
    follow([one, other]) {
      const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
      const before = last;
      last = { apart, middle };
      const [from, at] = before ? [place(before.middle), place(middle)] : [null, null];
      if (!before || !from || !at || !view()) return;
      ask((now) => moved(zoomedAt(now, from, before.apart / Math.max(1, apart)), from.x - at.x, from.y - at.y));
    },
    end: () => void (last = null),
  };
}
