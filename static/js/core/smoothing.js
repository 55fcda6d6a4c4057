// Refines a grid of labels and levels, so that boundaries between classes run smoothly instead of in steps.
// Pure arithmetic on typed arrays; knows nothing of colours or canvases.

import { LEVELS } from "./regions.js";

/** @typedef {{rows: number, cols: number, labels: Uint8Array, levels: Uint8Array}} Cells */

/** Scores of the four corners' classes at one fine cell; made once. */
const score = new Float32Array(10);
const TOP = LEVELS - 1;

/**
 * Fill `fine` from `coarse`, interpolating each class's probability between the centres of four coarse cells.
 * What is not the winner's is shared by the other classes at the four corners; for two classes this is exact.
 * @param {Cells} coarse
 * @param {Cells} fine its rows and cols are a whole multiple of the coarse ones
 */
export function refine(coarse, fine) {
  const factor = fine.cols / coarse.cols;
  for (let row = 0; row < fine.rows; row++) {
    const y = (row + 0.5) / factor - 0.5;
    const top = Math.min(Math.max(Math.floor(y), 0), coarse.rows - 1);
    const bottom = Math.min(top + 1, coarse.rows - 1);
    refineRow(coarse, fine, row, top * coarse.cols, bottom * coarse.cols, Math.max(0, y - top), factor);
  }
}

/**
 * @param {Cells} coarse
 * @param {Cells} fine
 * @param {number} row of the fine grid
 * @param {number} above first coarse cell of the row above
 * @param {number} below first coarse cell of the row below
 * @param {number} down share of the row below
 * @param {number} factor
 */
function refineRow({ cols, labels, levels }, fine, row, above, below, down, factor) {
  const start = row * fine.cols;
  for (let col = 0; col < fine.cols; col++) {
    const x = (col + 0.5) / factor - 0.5;
    const left = x < 0 ? 0 : Math.floor(x);
    const right = left + 1 < cols ? left + 1 : left;
    const across = x < 0 ? 0 : x - left;
    const [a, b, c, d] = [above + left, above + right, below + left, below + right];
    const [wb, wc, wd] = [across * (1 - down), (1 - across) * down, across * down];
    const wa = 1 - wb - wc - wd;
    const label = labels[a];
    if (label === labels[b] && label === labels[c] && label === labels[d]) {
      fine.labels[start + col] = label;
      fine.levels[start + col] = wa * levels[a] + wb * levels[b] + wc * levels[c] + wd * levels[d] + 0.5;
      continue;
    }
    score.fill(0);
    vote(labels[a], levels[a], wa, labels[b], labels[c], labels[d]);
    vote(labels[b], levels[b], wb, labels[a], labels[c], labels[d]);
    vote(labels[c], levels[c], wc, labels[a], labels[b], labels[d]);
    vote(labels[d], levels[d], wd, labels[a], labels[b], labels[c]);
    const winner = indexOfLargest(score);
    fine.labels[start + col] = winner;
    fine.levels[start + col] = Math.min(TOP, score[winner] + 0.5);
  }
}

/**
 * One corner's say: its class gets its level, the rest goes in equal parts to the other classes at the corners.
 * @param {number} label
 * @param {number} level
 * @param {number} weight
 * @param {number} p label of another corner
 * @param {number} q
 * @param {number} r
 */
function vote(label, level, weight, p, q, r) {
  score[label] += weight * level;
  const first = p !== label;
  const second = q !== label && q !== p;
  const third = r !== label && r !== p && r !== q;
  const others = Number(first) + Number(second) + Number(third);
  const rest = (weight * (TOP - level)) / (others || 1);
  if (first) score[p] += rest;
  if (second) score[q] += rest;
  if (third) score[r] += rest;
}

/** @param {Float32Array} values */
function indexOfLargest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
