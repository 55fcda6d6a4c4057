// Buttons over the plane that show more or less of it around the same middle, or all its points, and a word about those that are
// out of view.

import { tn } from "../../core/messages.js";
import { countOutside, zoomed } from "../../core/view-changes.js";
import { listen, setText } from "../dom.js";

/** One press shows this many times as much, or as little. */
const FACTOR = 1.5;

/**
 * @param {{closer: HTMLButtonElement, wider: HTMLButtonElement, fit: HTMLButtonElement, outside: HTMLElement}} places outside: words and
 *   a button for points that are out of view
 * @param {{setField: (path: string, value: any) => void, fit: () => void}} options
 */
export function createZoom({ closer, wider, fit, outside }, { setField, fit: onFit }) {
  /** @type {import("../../core/types.js").View|null} */
  let view = null;
  const zoom = (/** @type {number} */ factor) => view && setField("view", zoomed(view, factor));
  const [words, all] = /** @type {HTMLElement[]} */ ([...outside.children]);
  const ends = [
    listen(closer, { click: () => zoom(1 / FACTOR) }),
    listen(wider, { click: () => zoom(FACTOR) }),
    listen(fit, { click: onFit }),
    listen(all, { click: onFit }),
  ];
  return {
    /** @param {import("../../core/types.js").LabDocument} document */
    show(document) {
      view = document.view;
      const count = countOutside(document.points, view);
      outside.hidden = count === 0;
      if (count) setText(words, tn("1 point is out of view", "{count} points are out of view", count));
    },
    destroy: () => ends.forEach((end) => end()),
  };
}
