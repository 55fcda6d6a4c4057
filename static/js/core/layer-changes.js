// Hidden layers that come and go, with the skip connections that are left. Each returns the fields of the network that change.
// Fetched with the first such change. Pure.

import { withNewLayer, withoutLayer as skipsWithoutLayer } from "./skips.js";

/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").HiddenLayer} HiddenLayer */

/**
 * With one more hidden layer, a copy of the one before it, or of the usual one where there is none.
 * @param {Network} network
 * @param {number} after so many hidden layers
 * @param {HiddenLayer} usual
 */
export function withLayerAfter({ hidden, skips = [] }, after, usual) {
  const layer = { ...(hidden[after - 1] ?? usual) };
  return { hidden: hidden.toSpliced(after, 0, layer), skips: withNewLayer(skips, after) };
}

/** @param {Network} network @param {number} index from 0 */
export function withoutLayer({ hidden, skips = [] }, index) {
  return { hidden: hidden.toSpliced(index, 1), skips: skipsWithoutLayer(skips, index + 1) };
}

/** @param {Network} network @param {number} index from 0 @param {Partial<HiddenLayer>} changes */
export function withLayerChanged({ hidden }, index, changes) {
  return { hidden: hidden.with(index, { ...hidden[index], ...changes }) };
}
