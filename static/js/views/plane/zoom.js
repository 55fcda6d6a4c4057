// Buttons over the plane that show more or less of it around the same middle.

/** One press shows this many times as much, or as little. */
const FACTOR = 1.5;

/**
 * @param {{closer: HTMLButtonElement, wider: HTMLButtonElement}} buttons
 * @param {{setField: (path: string, value: any) => void}} options
 */
export function createZoom({ closer, wider }, { setField }) {
  /** @type {import("../../core/types.js").View|null} */
  let view = null;
  const zoom = (/** @type {number} */ factor) => {
    if (view) setField("view", { x_range: zoomed(view.x_range, factor), y_range: zoomed(view.y_range, factor) });
  };
  closer.addEventListener("click", () => zoom(1 / FACTOR));
  wider.addEventListener("click", () => zoom(FACTOR));
  return {
    /** @param {import("../../core/types.js").View} newView */
    show(newView) {
      view = newView;
    },
  };
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
