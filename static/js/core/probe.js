// One point on its way through the network, number by number: h @ W + b, f of it, scores, probabilities, loss.
// Computes from the weights of a frame; knows nothing of the server or the page.

import { ACTIVATIONS } from "./activations.js";
import { inputsAt } from "./input-scale.js";
import { activationOf, piecesOf, sourcesOf } from "./layer-parts.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").LayerWeights} LayerWeights */
/**
 * What happens in one layer: `x` its inputs (D), `products` the sums w·x, `biases`, `z` the whole sums and `h` = f(z), each
 * (H). Of a maxout unit the numbers are those of its largest piece, whose index is in `piece`.
 * @typedef {{activation: string, pieces: number, x: number[], products: number[], biases: number[], z: number[],
 *   h: number[], piece: number[]}} LayerTrace
 */

/**
 * Every number between the point (x, y) and the scores, layer by layer.
 * @param {LabDocument} document
 * @param {LayerWeights[]} weights one entry a layer, the output layer last
 * @param {number} x
 * @param {number} y
 * @returns {LayerTrace[]}
 */
export function trace(document, weights, x, y) {
  const { network } = document;
  const values = [inputsAt(document, x, y)];
  return weights.map((parameters, index) => {
    const inputs = sourcesOf(network, index + 1).flatMap((source) => values[source]);
    const layer = traceLayer(activationOf(network, index + 1), parameters, inputs);
    values.push(layer.h);
    return layer;
  });
}

/**
 * @param {string} activation
 * @param {LayerWeights} parameters
 * @param {number[]} x
 * @returns {LayerTrace}
 */
function traceLayer(activation, parameters, x) {
  const pieces = piecesOf(parameters).map(({ weights, biases }) => {
    const products = multiply(x, weights, biases.length);
    return { products, biases, z: products.map((product, unit) => product + biases[unit]) };
  });
  const piece = pieces[0].z.map((_, unit) => indexOfLargest(pieces.map(({ z }) => z[unit])));
  const chosen = (/** @type {"products"|"biases"|"z"} */ name) => piece.map((index, unit) => pieces[index][name][unit]);
  const z = chosen("z");
  const h = activation === "maxout" ? z : z.map(ACTIVATIONS[activation]);
  return { activation, pieces: pieces.length, x, products: chosen("products"), biases: chosen("biases"), z, h, piece };
}

/** x @ W for W (D, units). @param {number[]} x @param {number[][]} weights @param {number} units */
function multiply(x, weights, units) {
  const sums = new Array(units).fill(0);
  for (let row = 0; row < x.length; row++) {
    for (let unit = 0; unit < units; unit++) sums[unit] += x[row] * weights[row][unit];
  }
  return sums;
}

/**
 * The scores alone, for many points.
 * @param {LabDocument} document
 * @param {LayerWeights[]} weights
 * @param {number} x
 * @param {number} y
 */
export function scoresAt(document, weights, x, y) {
  return trace(document, weights, x, y)[weights.length - 1].h;
}

/**
 * Probability of each class, null for losses whose scores are none (svm, fitting).
 * @param {string} loss
 * @param {number[]} scores
 * @returns {number[]|null}
 */
export function probabilities(loss, scores) {
  if (loss === "binary_softmax") {
    const p = ACTIVATIONS.sigmoid(scores[0]);
    return [1 - p, p];
  }
  if (loss !== "softmax") return null;
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The predicted class: the largest score, the first of equals; of one score, whether it is above 0.
 * @param {number[]} scores
 */
export function predictedLabel(scores) {
  return scores.length === 1 ? Number(scores[0] > 0) : indexOfLargest(scores);
}

/** The data loss of one point, by the name of the loss. @type {Record<string, (scores: number[], target: number) => number>} */
const LOSSES = {
  softmax(scores, label) {
    const top = Math.max(...scores);
    return Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0)) - (scores[label] - top);
  },
  svm: (scores, label) =>
    scores.reduce((sum, score, j) => sum + (j === label ? 0 : Math.max(0, score - scores[label] + 1)), 0),
  binary_softmax: ([score], label) => Math.max(0, -sign(label) * score) + Math.log1p(Math.exp(-Math.abs(score))),
  binary_svm: ([score], label) => Math.max(0, 1 - sign(label) * score),
  squared: ([score], value) => (score - value) ** 2 / 2,
};

/** -1 for label 0, +1 for label 1. @param {number} label */
const sign = (label) => 2 * label - 1;

/**
 * @param {string} loss
 * @param {number[]} scores
 * @param {number} target the label, or the value in fitting tasks
 */
export function lossOf(loss, scores, target) {
  return LOSSES[loss](scores, target);
}

/** @param {number[]} values */
function indexOfLargest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
