// Where an arrow key leads in a grid of cards. Pure.

/**
 * The index of the next card; the same one at an edge.
 * @param {number} index
 * @param {string} key
 * @param {{count: number, columns: number}} grid
 * @returns {number|null} null for keys that lead nowhere
 */
export function stepInGrid(index, key, { count, columns }) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[/** @type {keyof typeof steps} */ (key)];
  if (step === undefined) return null;
  const next = index + step;
  return next >= 0 && next < count ? next : index;
}
