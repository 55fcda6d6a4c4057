// The size of a network in the words of the CS231n note: layers, units, weights, biases.  [CS231n nn-1 #layers]
// Knows the document's network and nothing of the page.

import { formatCount } from "./format.js";
import { t, tn } from "./messages.js";

/** @typedef {{rows: number, cols: number, pieces: number}} WeightMatrix inputs x units, `pieces` times for maxout */

/**
 * Scores the network ends in: one per class, or a single one for binary losses and fitting.
 * @param {import("./types.js").LabDocument} document
 * @param {import("./types.js").Choice[]} [losses] the loss menu
 */
export function outputCount(document, losses = []) {
  const loss = losses.find((choice) => choice.name === document.network.loss);
  return loss?.one_score ? 1 : document.classes;
}

/**
 * Whether a network has this unit; the scores are units of the last layer.
 * @param {import("./types.js").LabDocument} document
 * @param {{layer: number, unit: number}} place layer from 1
 * @param {import("./types.js").Choice[]} [losses] the loss menu
 */
export function hasUnit(document, { layer, unit }, losses) {
  const counts = [...document.network.hidden.map(({ units }) => units), outputCount(document, losses)];
  return unit < (counts[layer - 1] ?? 0);
}

/**
 * The weight matrices from input to output. With skip connections a layer reads the units of several.
 * @param {import("./types.js").LabDocument} document
 * @param {number} outputs
 * @returns {WeightMatrix[]}
 */
export function weightMatrices({ network }, outputs) {
  const hidden = network.hidden.map((layer) => ({
    units: layer.units,
    pieces: layer.activation === "maxout" ? layer.pieces : 1,
  }));
  const counts = [network.inputs.length, ...hidden.map(({ units }) => units)];
  return [...hidden, { units: outputs, pieces: 1 }].map(({ units, pieces }, index) => {
    const skips = (network.skips ?? []).filter(([, to]) => to === index + 1);
    return { rows: sum([counts[index], ...skips.map(([from]) => counts[from])]), cols: units, pieces };
  });
}

/** @param {WeightMatrix[]} matrices */
export function parameterCount(matrices) {
  const weights = sum(matrices.map(({ rows, cols, pieces }) => rows * cols * pieces));
  const biases = sum(matrices.map(({ cols, pieces }) => cols * pieces));
  const units = sum(matrices.map(({ cols }) => cols));
  return { weights, biases, units, parameters: weights + biases };
}

/** @param {WeightMatrix[]} matrices  e.g. "3-layer network (2 hidden layers)"; the input layer is not counted */
export function networkName(matrices) {
  const hidden = matrices.length - 1;
  const layers = matrices.length;
  if (hidden === 0) return t("{layers}-layer network (no hidden layers)", { layers });
  return tn("{layers}-layer network (1 hidden layer)", "{layers}-layer network ({count} hidden layers)", hidden, {
    layers,
  });
}

/** @param {WeightMatrix[]} matrices  e.g. "[2 × 6] + [6 × 2] = 24 weights" and so on, one line each */
export function parameterArithmetic(matrices) {
  const { weights, biases, units, parameters } = parameterCount(matrices);
  const times = (/** @type {number} */ pieces) => (pieces > 1 ? `${pieces} × ` : "");
  const products = matrices.map(({ rows, cols, pieces }) => `${times(pieces)}[${rows} × ${cols}]`).join(" + ");
  const offsets = matrices.map(({ cols, pieces }) => `${times(pieces)}${cols}`).join(" + ");
  return [
    tn("{sum} weight", "{sum} weights", weights, { sum: `${products} = ${formatCount(weights)}` }),
    tn("{sum} bias", "{sum} biases", biases, {
      sum: `${offsets === String(biases) ? "" : `${offsets} = `}${formatCount(biases)}`,
    }),
    tn("{parameters} parameters; 1 unit", "{parameters} parameters; {count} units", units, {
      parameters: formatCount(parameters),
      count: formatCount(units),
    }),
  ];
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
