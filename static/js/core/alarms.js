// Where a layer's diagnostics give reason to worry: the limits, and whether a network passes one of them.
// The limits are the note's where it names one.  [CS231n nn-1 #actfun; nn-3 #ratio]

/** @typedef {import("./types.js").LayerHealth} LayerHealth */

/** "as much as 40 % of your network can be dead" is where the note says to worry. */
export const DEAD_ALARM = 0.4;

/** Most answers in the flat ends: gradients hardly come through. */
export const SATURATED_ALARM = 0.75;

/** A step should be about a thousandth of the weights; a tenth is far too much. */
export const RATIO_ALARM = 1e-1;

/** Activations with flat ends; a ReLU is flat on one side by design and is judged by its dead units. */
export const SATURATING = ["tanh", "sigmoid"];

/** Does the engine say that unscaled inputs are the reason for what is wrong? @param {LayerHealth} layer the first */
export const hasLargeInputs = ({ findings = [] }) => findings.some(({ code }) => code === "large_inputs");

/**
 * @param {LayerHealth[]} layers the output layer last
 * @param {{activation: string}[]} hidden
 */
export function isAlarming(layers, hidden) {
  return layers.some(
    ({ dead_fraction: dead, saturated_fraction: saturated, update_ratio: ratio, ...layer }, index) =>
      hasLargeInputs(/** @type {LayerHealth} */ (layer)) ||
      Number(ratio) >= RATIO_ALARM ||
      (index < layers.length - 1 &&
        (Number(dead) >= DEAD_ALARM ||
          (Number(saturated) >= SATURATED_ALARM && SATURATING.includes(hidden[index]?.activation)))),
  );
}
