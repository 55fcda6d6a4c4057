// What a layer is made of: the layers that feed it, its activation, and the pieces of its weights. Pure.

/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").LayerWeights} LayerWeights */

/**
 * The layers that feed layer `layer` (1-based, the output layer last), ascending; 0 is the input.
 * @param {Network} network
 * @param {number} layer
 */
export function sourcesOf({ skips = [] }, layer) {
  return [...skips.filter(([, end]) => end === layer).map(([start]) => start), layer - 1].sort((a, b) => a - b);
}

/** Activation of layer 1..L; the output layer has none. @param {Network} network @param {number} layer */
export function activationOf({ hidden }, layer) {
  return hidden[layer - 1]?.activation ?? "identity";
}

/**
 * A layer's weights (D, H) and biases (H,) piece by piece; all but maxout have one piece.
 * @param {LayerWeights} parameters
 * @returns {{weights: number[][], biases: number[]}[]}
 */
export function piecesOf({ weights, biases }) {
  if (!Array.isArray(biases[0]))
    return [{ weights: /** @type {number[][]} */ (weights), biases: /** @type {number[]} */ (biases) }];
  return biases.map((own, piece) => ({
    weights: /** @type {number[][][]} */ (weights)[piece],
    biases: /** @type {number[]} */ (own),
  }));
}
