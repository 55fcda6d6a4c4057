// Who listens to the plane: the pointer at once, keys with the first focus, groups and strokes when their tool is taken up. Events
// wait, in order, for code that is still on its way.

import { listen } from "../dom.js";
import { lazy } from "../lazy.js";
import { listenForNavigation } from "./plane-navigation.js";
import { listenToPointer } from "./plane-pointer.js";

/** What a stroke is made of. */
const STROKE = ["pointerdown", "pointermove", "pointerup"];

/**
 * @param {{element: HTMLElement, canvas: HTMLCanvasElement}} places
 * @param {import("./plane-pointer.js").PlaneAccess} access
 * @param {import("./plane-view.js").PlaneActions} actions
 */
export function listenToPlane({ element, canvas }, access, actions) {
  const tool = () => access.state()?.tool;
  listenToPointer(canvas, access, actions);
  listenForNavigation(canvas, access, actions.onView);
  const keys = holdBack(canvas, ["keydown"], {
    isMeant: (event) => /** @type {KeyboardEvent} */ (event).key !== "Tab",
    load: async () => (await import("./plane-keyboard.js")).listenToKeys(canvas, access, actions),
  });
  canvas.addEventListener("focus", keys.want);
  const groups = holdBack(canvas, STROKE, {
    isMeant: () => tool() === "select",
    load: async () => (await import("./plane-group.js")).listenForGroups(element, access, actions),
  });
  const strokes = holdBack(canvas, STROKE, {
    isMeant: () => tool() === "paint" || tool() === "erase",
    load: async () => (await import("./plane-strokes.js")).listenForStrokes(canvas, access, actions),
  });
  return {
    /** Fetch what the tool needs. @param {import("./tools.js").Tool} chosen */
    prepare(chosen) {
      if (chosen === "select") groups.want();
      else if (chosen !== "point") strokes.want();
    },
    /** What was fetched takes its elements with it; who listens to the canvas goes when that goes. */
    destroy: () => groups.now()?.destroy(),
  };
}

/**
 * Keep events back until the code is there that hears them; then they come once more.
 * @template T
 * @param {HTMLElement} canvas
 * @param {string[]} kinds
 * @param {{isMeant: (event: Event) => boolean, load: () => Promise<T>}} options
 */
function holdBack(canvas, kinds, { isMeant, load }) {
  /** @type {Event[]} */
  const waiting = [];
  const wait = (/** @type {Event} */ event) => {
    if (!isMeant(event)) return;
    event.preventDefault();
    event.stopPropagation();
    waiting.push(event);
  };
  const end = listen(canvas, Object.fromEntries(kinds.map((kind) => [kind, wait])));
  return lazy(load, () => {
    end();
    for (const event of waiting) canvas.dispatchEvent(new /** @type {any} */ (event).constructor(event.type, event));
  });
}
