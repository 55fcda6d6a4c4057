// Buttons over the plane that show more or less of it around the same middle, or all its points.

import { listen } from "../dom.js";

/** One press shows this many times as much, or as little. */
const FACTOR = 1.5;

/** The usual view goes from -6 to 6. */
const USUAL_HALF = 6;

/**
 * @param {{closer: HTMLButtonElement, wider: HTMLButtonElement, fit: HTMLButtonElement}} buttons
 * @param {{setField: (path: string, value: any) => void}} options
 */
export function createZoom({ closer, wider, fit }, { setField }) {
  /** @type {import("../../core/types.js").View|null} */
  let view = null;
  /** @type {import("../../core/types.js").Point[]} */
  let points = [];
  const zoom = (/** @type {number} */ factor) => {
    if (view) setField("view", { x_range: zoomed(view.x_range, factor), y_range: zoomed(view.y_range, factor) });
  };
  const ends = [
    listen(closer, { click: () => zoom(1 / FACTOR) }),
    listen(wider, { click: () => zoom(FACTOR) }),
    listen(fit, { click: () => setField("view", viewOf(points)) }),
  ];
  return {
    /** @param {import("../../core/types.js").LabDocument} document */
    show(document) {
      ({ view, points } = document);
    },
    destroy: () => ends.forEach((end) => end()),
  };
}

/** The usual view, or a wider one of the same middle that has room for all points. @param {import("../../core/types.js").Point[]} points */
export function viewOf(points) {
  const most = Math.max(...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]), 0);
  const half = most <= USUAL_HALF ? USUAL_HALF : Math.ceil(most * 1.05);
  return { x_range: [-half, half], y_range: [-half, half] };
}

/**
 * A range `factor` times as wide around the same middle, in round numbers.
 * @param {import("../../core/types.js").Range} range
 * @param {number} factor
 * @returns {import("../../core/types.js").Range}
 */
function zoomed([low, high], factor) {
  const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
  const round = (/** @type {number} */ value) => Number(value.toPrecision(4));
  return [round(middle - half), round(middle + half)];
}
