// The numbers of one point in lines to read: matrix shapes in the note's form, sums term by term, the loss with its formula.
// Text only; knows nothing of the page.

import { WRITTEN } from "./activations.js";
import { formatLoss } from "./format.js";
import { t } from "./messages.js";
import { asFactor, asTerm, formatNumber } from "./numbers.js";
import { lossOf } from "./probe.js";

/** @typedef {import("./probe.js").LayerTrace} LayerTrace */

/** A sum with more terms is cut off in the middle. */
const MOST_TERMS = 6;

/**
 * "[6×2][2×1] + [6×1]", the shapes of W, x and b.  [CS231n nn-1 #feedforward]
 * @param {LayerTrace} trace
 */
export function shapesOf({ x, h, pieces }) {
  const shapes = `[${h.length}×${x.length}][${x.length}×1] + [${h.length}×1]`;
  return pieces > 1 ? t("the largest of {pieces} × ({shapes})", { pieces, shapes }) : shapes;
}

/**
 * A unit's sum, written out: "0.31 · 1.20 + (−0.52) · (−0.45) + 0.10 = 0.71".
 * @param {LayerTrace} trace
 * @param {number} unit
 * @param {number[]} weights the unit's incoming weights, of maxout those of its largest piece
 */
export function sumLine({ x, biases, z }, unit, weights) {
  const terms = weights.slice(0, MOST_TERMS).map((weight, row) => `${asFactor(weight)} · ${asFactor(x[row])}`);
  const rest = weights.length - terms.length;
  if (rest > 0) terms.push(t("… ({count} more)", { count: rest }));
  return `${terms.join(" + ")} ${asTerm(biases[unit])} = ${formatNumber(z[unit])}`;
}

/**
 * What f makes of the sum: "tanh(0.71) = 0.61"; empty where there is no f.
 * @param {LayerTrace} trace
 * @param {number} unit
 */
export function activationLine({ activation, z, h, piece }, unit) {
  if (activation === "identity") return "";
  if (activation === "maxout")
    return t("piece {number} is the largest: {value}", { number: piece[unit] + 1, value: formatNumber(h[unit]) });
  return `${WRITTEN[activation](formatNumber(z[unit]))} = ${formatNumber(h[unit])}`;
}

/**
 * The point's own loss, as its formula with numbers.
 * @param {string} loss
 * @param {number[]} scores
 * @param {number[]|null} probabilities
 * @param {number} target
 */
export function lossLine(loss, scores, probabilities, target) {
  const value = formatLoss(lossOf(loss, scores, target));
  const side = target ? "" : "−1 · ";
  if (probabilities) return `−log ${formatNumber(probabilities[target])} = ${value}`;
  if (loss === "svm")
    return `${scores.flatMap((score, j) => (j === target ? [] : [`max(0, ${formatNumber(score)} − ${asFactor(scores[target])} + 1)`])).join(" + ")} = ${value}`;
  if (loss === "binary_svm") return `max(0, 1 − ${side}${asFactor(scores[0])}) = ${value}`;
  return `½ · (${formatNumber(scores[0])} − ${asFactor(target)})² = ${value}`;
}
